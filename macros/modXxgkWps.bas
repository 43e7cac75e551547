Attribute VB_Name = "modXxgkWps"
Option Explicit

' WPS on Windows: each change by the object model of Excel. There is no step of undo for all of them.

Private Const RULE As String = "=N(""\u3014\u6821\u9a8c\u3015"")=0"    ' xxgk/output/marks/looks.py
Private Const BY_FORMULA As Long = 2    ' xlExpression
Private Const VERY_HIDDEN As Long = 2    ' xlSheetVeryHidden
Private Const CENTRED As Long = -4108    ' xlCenter
Private Const LEFT_SIDE As Long = -4131    ' xlLeft
Private Const SINGLE_LINE As Long = 2    ' xlUnderlineStyleSingle
Private Const CONTINUOUS As Long = 1    ' xlContinuous

Private Opened As Variant    ' what was lifted from each protected sheet: name and what its protection allowed

Public Function NewFolder() As String
    NewFolder = Environ("TEMP") & "\xxgk" & modXxgkText.Stamp() & "\"
    MkDir NewFolder
End Function

' Where the book is saved, whether there are changes since then, and whether it may not be written
Public Function BookState() As Variant
    Dim url As String
    If ThisWorkbook.Path <> "" Then url = modXxgkText.FileUrl(ThisWorkbook.FullName)
    BookState = Array(url, Not ThisWorkbook.Saved, ThisWorkbook.ReadOnly)
End Function

Public Sub OpenChanges()
    Dim sheet As Object, kept As String
    Application.ScreenUpdating = False
    For Each sheet In ThisWorkbook.Worksheets
        If sheet.ProtectContents Then
            kept = kept & vbTab & sheet.Name & vbLf & sheet.Protection.AllowFormattingColumns & vbLf & _
                sheet.Protection.AllowFormattingRows
            On Error Resume Next
            sheet.Unprotect ""
            On Error GoTo 0
        End If
    Next
    Opened = Split(Mid$(kept, 2), vbTab)
End Sub

Public Sub CloseChanges()
    Dim one As Variant, fields As Variant
    For Each one In Opened
        fields = Split(one, vbLf)
        On Error Resume Next
        ThisWorkbook.Worksheets(fields(0)).Protect DrawingObjects:=False, Contents:=True, Scenarios:=True, _
            AllowFormattingColumns:=CBool(fields(1)), AllowFormattingRows:=CBool(fields(2))
        On Error GoTo 0
    Next
    Application.ScreenUpdating = True
End Sub

Public Sub Change(ByVal op As String, ByVal sheetName As String, ByVal cell As String, ByVal words As String)
    Dim sheet As Object, area As Object, at As Long
    If op = "addsheet" Then
        If Not HasSheet(sheetName) Then ThisWorkbook.Worksheets.Add(, ThisWorkbook.Sheets(ThisWorkbook.Sheets.Count)).Name = sheetName
        Exit Sub
    ElseIf op = "name" Then
        SetName words, sheetName, cell
        Exit Sub
    End If
    Set sheet = ThisWorkbook.Worksheets(sheetName)
    Select Case op
    Case "delsheet"
        Application.DisplayAlerts = False
        sheet.Delete
        Application.DisplayAlerts = True
        Exit Sub
    Case "hide"
        sheet.Visible = VERY_HIDDEN
        Exit Sub
    Case "unfill"
        TakeColours sheet
        Exit Sub
    Case "width"
        sheet.Columns(cell).ColumnWidth = Val(words)
        Exit Sub
    Case "height"
        sheet.Rows(CLng(cell)).RowHeight = Val(words)
        Exit Sub
    Case "tab"
        sheet.Tab.Color = Colour(words)
        Exit Sub
    End Select
    Set area = sheet.Range(cell)
    Select Case op
    Case "num"
        area.Value = Val(words)
    Case "str"
        area.Value = "'" & words
    Case "formula"
        area.Formula = words
    Case "clear"
        area.MergeArea.ClearContents
    Case "fill"
        area.FormatConditions.Add(BY_FORMULA, , modXxgkText.Txt(RULE)).Interior.Color = Colour(words)
    Case "note"
        If Not area.Comment Is Nothing Then area.Comment.Delete
        If words <> "" Then area.AddComment words
    Case "align"
        area.WrapText = True
        area.VerticalAlignment = CENTRED
        area.HorizontalAlignment = LEFT_SIDE
        If words = "center" Then area.HorizontalAlignment = CENTRED
    Case "paint"
        area.Interior.Color = Colour(words)
    Case "bold"
        area.Font.Color = Colour(words)
        area.Font.Bold = True
    Case "underline"
        area.Font.Color = Colour(words)
        area.Font.Underline = SINGLE_LINE
    Case "lines"
        area.Borders.LineStyle = CONTINUOUS
        area.Borders.Color = Colour(words)
    Case "merge"
        area.Merge
    Case "freeze"
        sheet.Activate
        ActiveWindow.SplitRow = area.Row - 1
        ActiveWindow.SplitColumn = area.Column - 1
        ActiveWindow.FreezePanes = True
    Case "link"
        at = InStrRev(words, "!")
        sheet.Hyperlinks.Add area, "", "'" & Replace(Left$(words, at - 1), "'", "''") & "'" & Mid$(words, at)
    Case Else
        Err.Raise 1000, "xxgk", "unknown change " & op
    End Select
End Sub

Private Function Colour(ByVal rgb6 As String) As Long
    Colour = RGB(Val("&H" & Mid$(rgb6, 1, 2)), Val("&H" & Mid$(rgb6, 3, 2)), Val("&H" & Mid$(rgb6, 5, 2)))
End Function

Private Function HasSheet(ByVal sheetName As String) As Boolean
    On Error Resume Next
    HasSheet = Not ThisWorkbook.Worksheets(sheetName) Is Nothing
End Function

Private Sub SetName(ByVal name As String, ByVal sheetName As String, ByVal area As String)
    On Error Resume Next
    ThisWorkbook.Names(name).Delete
    On Error GoTo 0
    If area <> "" Then ThisWorkbook.Names.Add name, "='" & Replace(sheetName, "'", "''") & "'!" & _
        ThisWorkbook.Worksheets(sheetName).Range(area).Address
End Sub

Private Sub TakeColours(ByVal sheet As Object)
    Dim i As Long
    For i = sheet.Cells.FormatConditions.Count To 1 Step -1
        If IsOurs(sheet.Cells.FormatConditions(i)) Then sheet.Cells.FormatConditions(i).Delete
    Next
End Sub

' Colour scales and the like have no formula
Private Function IsOurs(ByVal condition As Object) As Boolean
    On Error Resume Next
    IsOurs = (Replace(condition.Formula1, " ", "") = modXxgkText.Txt(RULE))
End Function
