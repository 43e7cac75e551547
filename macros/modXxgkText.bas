Attribute VB_Name = "modXxgkText"
Option Explicit

' Texts and small files that both programs and Python read: ASCII, everything else as \uXXXX.

Private Const LONGEST As Long = 900    ' characters that a message box shows

Public Sub Say(ByVal words As String, ByVal style As Long)
    MsgBox Shortened(words), style, modXxgkWords.Title()
End Sub

Public Function Agreed(ByVal question As String) As Boolean
    Agreed = (MsgBox(Shortened(question), vbYesNo + vbQuestion, modXxgkWords.Title()) = vbYes)
End Function

Private Function Shortened(ByVal words As String) As String
    Shortened = words
    If Len(words) > LONGEST Then Shortened = Left$(words, 300) & vbLf & "..." & vbLf & Right$(words, LONGEST - 310)
End Function

' Digits for the name of a temporary file. Format(Now, "nn") is a weekday in LibreOffice.
Public Function Stamp() As String
    Randomize
    Stamp = CStr(CLng(Date) - 40000) & CStr(CLng((Now - Date) * 86400)) & CStr(CLng(Rnd() * 99999))
End Function

' The lines of a file, from 0 on; none when it cannot be read
Public Function ReadLines(ByVal path As String) As Variant
    Dim file As Integer, words As String, all As String
    On Error GoTo done
    file = FreeFile
    Open path For Input As #file
    Do While Not EOF(file)
        Line Input #file, words
        all = all & vbLf & words
    Loop
    Close #file
done:
    ReadLines = Split(Mid$(all, 2), vbLf)
End Function

' The text of a file, without escapes; "" when it cannot be read
Public Function ReadText(ByVal path As String) As String
    ReadText = Txt(Join(ReadLines(path), vbLf))
End Function

' \uXXXX \UXXXXXXXX \xXX \n \t \r \\ -> text
Public Function Txt(ByVal escaped As String) As String
    Dim start As Long, at As Long, code As Long, words As String
    start = 1
    at = InStr(start, escaped, "\")
    Do While at > 0
        words = words & Mid$(escaped, start, at - start)
        start = at + 2
        Select Case Mid$(escaped, at + 1, 1)
        Case "u"
            words = words & ChrW(FromHex(Mid$(escaped, at + 2, 4)))
            start = at + 6
        Case "U"
            code = FromHex(Mid$(escaped, at + 2, 8)) - 65536
            words = words & ChrW(55296 + code \ 1024) & ChrW(56320 + (code And 1023))
            start = at + 10
        Case "x"
            words = words & ChrW(FromHex(Mid$(escaped, at + 2, 2)))
            start = at + 4
        Case "n"
            words = words & vbLf
        Case "t"
            words = words & vbTab
        Case "r"
        Case "\"
            words = words & "\"
        Case Else
            words = words & "\"
            start = at + 1
        End Select
        at = InStr(start, escaped, "\")
    Loop
    Txt = words & Mid$(escaped, start)
End Function

' text -> one line of ASCII
Public Function Esc(ByVal words As String) As String
    Dim i As Long, code As Long, escaped As String
    For i = 1 To Len(words)
        code = AscW(Mid$(words, i, 1)) And 65535
        If code = 92 Then
            escaped = escaped & "\\"
        ElseIf code < 32 Or code > 126 Then
            escaped = escaped & "\u" & Right$("000" & Hex(code), 4)
        Else
            escaped = escaped & Mid$(words, i, 1)
        End If
    Next
    Esc = escaped
End Function

' The URL of a path, every byte of UTF-8 that is not plain as %XX
Public Function FileUrl(ByVal path As String) As String
    Dim i As Long, code As Long, url As String
    path = Replace(path, "\", "/")
    For i = 1 To Len(path)
        code = AscW(Mid$(path, i, 1)) And 65535
        If code >= 55296 And code < 56320 And i < Len(path) Then
            i = i + 1
            code = 65536 + (code - 55296) * 1024 + ((AscW(Mid$(path, i, 1)) And 65535) - 56320)
        End If
        If code < 128 Then
            If InStr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/:._-~=", Chr$(code)) > 0 Then
                url = url & Chr$(code)
            Else
                url = url & Percent(code)
            End If
        ElseIf code < 2048 Then
            url = url & Percent(192 + code \ 64) & Percent(128 + (code And 63))
        ElseIf code < 65536 Then
            url = url & Percent(224 + code \ 4096) & Percent(128 + ((code \ 64) And 63)) & Percent(128 + (code And 63))
        Else
            url = url & Percent(240 + code \ 262144) & Percent(128 + ((code \ 4096) And 63)) & _
                Percent(128 + ((code \ 64) And 63)) & Percent(128 + (code And 63))
        End If
    Next
    If Left$(url, 2) = "//" Then
        FileUrl = "file:" & url
    ElseIf Left$(url, 1) = "/" Then
        FileUrl = "file://" & url
    Else
        FileUrl = "file:///" & url
    End If
End Function

Private Function Percent(ByVal code As Long) As String
    Percent = "%" & Right$("0" & Hex(code), 2)
End Function

Private Function FromHex(ByVal digits As String) As Long
    Dim i As Long, digit As Long, number As Long
    For i = 1 To Len(digits)
        digit = InStr("0123456789abcdef", LCase$(Mid$(digits, i, 1))) - 1
        If digit < 0 Then digit = 0
        number = number * 16 + digit
    Next
    FromHex = number
End Function
