Attribute VB_Name = "modXxgkWords"
Option Explicit

' What the macros say to people, in one place since it is unreadable here: each with what it means.

' Annual report
Public Function Title() As String
    Title = modXxgkText.Txt("\u5e74\u62a5")
End Function

' Please wait a moment
Public Function Waiting() As String
    Waiting = modXxgkText.Txt("\u6b63\u5728\u5904\u7406\uff0c\u8bf7\u7a0d\u5019\u2026")
End Function

' Not finished. Please tell this to the colleague who looks after the computers:
Public Function Failed() As String
    Failed = modXxgkText.Txt("\u6ca1\u6709\u505a\u5b8c\u3002\u8bf7\u628a\u4e0b" & _
        "\u9762\u7684\u5185\u5bb9\u544a\u8bc9\u7ba1\u7535\u8111\u7684\u540c\u4e8b\uff1a")
End Function

' Not finished. Run xxgk doctor to see what is missing, or tell this to the colleague ...
Public Function Broken() As String
    Broken = modXxgkText.Txt("\u6ca1\u6709\u505a\u5b8c\u3002\u8bf7\u8fd0\u884c" & _
        " xxgk doctor \u770b\u770b\u7f3a\u4ec0\u4e48\uff0c\u6216\u8005\u628a\u4e0b\u9762\u7684\u5185" & _
        "\u5bb9\u544a\u8bc9\u7ba1\u7535\u8111\u7684\u540c\u4e8b\uff1a")
End Function

' The program xxgk was not found on this computer. Install it as docs/install.md says, run xxgk setup, click again.
Public Function NoProgram() As String
    NoProgram = modXxgkText.Txt("\u8fd9\u53f0\u7535\u8111\u4e0a\u6ca1\u6709\u627e\u5230 xxgk \u7a0b\u5e8f\uff0c\u6309\u94ae\u8fd8" & _
        "\u4e0d\u80fd\u7528\u3002\u8bf7\u6309\u300a\u5b89\u88c5\u8bf4\u660e\u300b\uff08docs/install.md" & _
        "\uff09\u5b89\u88c5\uff0c\u8fd0\u884c\u4e00\u6b21 xxgk setup\uff0c\u518d\u70b9\u6309\u94ae\u3002")
End Function

' Buttons do not work in this program. Open the workbook in Excel or WPS on Windows, or in LibreOffice on Linux; or save
' it, run xxgk, and choose it in its window.
Public Function NotHere() As String
    NotHere = modXxgkText.Txt("\u8fd9\u4e2a\u7a0b\u5e8f\u91cc\u4e0d\u80fd\u7528\u6309\u94ae\u3002\u8bf7\u7528 Windows " & _
        "\u7684 Excel \u6216 WPS\uff0c\u6216\u8005 Linux \u7684 LibreOffice \u6253\u5f00\u5de5" & _
        "\u4f5c\u7c3f\uff1b\u4e5f\u53ef\u4ee5\u5b58\u76d8\u540e\u8fd0\u884c xxgk\uff0c\u5728" & _
        "\u5b83\u7684\u7a97\u53e3\u91cc\u9009\u62e9\u5de5\u4f5c\u7c3f\u3002")
End Function

' There are no findings yet; click check first.
Public Function NoFindings() As String
    NoFindings = modXxgkText.Txt("\u8fd8\u6ca1\u6709\u6821\u9a8c\u7ed3\u679c\uff0c\u8bf7\u5148\u70b9\u201c\u6821\u9a8c\u201d\u3002")
End Function

' None of the findings has a place to jump to; check again.
Public Function NoPlaces() As String
    NoPlaces = modXxgkText.Txt("\u6821\u9a8c\u7ed3\u679c\u91cc\u6ca1\u6709\u53ef\u4ee5\u8df3\u5230\u7684\u683c\u5b50\uff0c\u8bf7" & _
        "\u518d\u6821\u9a8c\u4e00\u6b21\u3002")
End Function

' The workbook was never saved, so it has no folder. Save it first.
Public Function NeverSaved() As String
    NeverSaved = modXxgkText.Txt("\u5de5\u4f5c\u7c3f\u8fd8\u6ca1\u6709\u5b58\u8fc7\u76d8\uff0c\u6ca1\u6709\u6240\u5728\u7684\u6587" & _
        "\u4ef6\u5939\u3002\u8bf7\u5148\u5b58\u76d8\u3002")
End Function

' This cannot be opened from here, please open it yourself:
Public Function CannotOpen() As String
    CannotOpen = modXxgkText.Txt("\u8fd9\u91cc\u6253\u4e0d\u5f00\uff0c\u8bf7\u81ea\u5df1\u6253\u5f00\uff1a")
End Function

' Place: a heading of the list of findings (xxgk/output/marks/table.py)
Public Function PlaceHeading() As String
    PlaceHeading = modXxgkText.Txt("\u4f4d\u7f6e")
End Function

' Finding 3, of 12
Public Function Position(ByVal number As Long, ByVal count As Long) As String
    Position = modXxgkText.Txt("\u7b2c " & number & " \u5904\uff0c\u5171 " & count & " \u5904")
End Function
