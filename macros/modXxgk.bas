Attribute VB_Name = "modXxgk"
Option Explicit

' What the buttons and the ribbon start. ASCII only; texts for people are \uXXXX, see modXxgkText.Txt.
' Next, back and folder are done here. All other verbs are done by Python: in Excel on the open book (modXxgkWin),
' in LibreOffice and WPS on a copy of it (modXxgkJob). The table of verbs is src/xxgk/excel/verbs.py.

Private Const MARKS As String = "xxgk_marks"    ' the list of findings, headings included

Private Busy As Boolean
Private LastRow As Long    ' where in the list the last jump came from: one cell may be there twice

Public Sub XxgkFill()
    RunVerb "fill"
End Sub

Public Sub XxgkCheck()
    RunVerb "check"
End Sub

Public Sub XxgkBack()
    RunVerb "back"
End Sub

Public Sub XxgkNext()
    RunVerb "next"
End Sub

Public Sub XxgkClear()
    RunVerb "clear"
End Sub

Public Sub XxgkReport()
    RunVerb "report"
End Sub

Public Sub XxgkFolder()
    RunVerb "folder"
End Sub

Public Sub XxgkUndo()
    RunVerb "undo"
End Sub

' The ribbon hands over an IRibbonControl, a type that only Office knows.

Public Sub XxgkRibbonFill(control As Object)
    RunVerb "fill"
End Sub

Public Sub XxgkRibbonCheck(control As Object)
    RunVerb "check"
End Sub

Public Sub XxgkRibbonBack(control As Object)
    RunVerb "back"
End Sub

Public Sub XxgkRibbonNext(control As Object)
    RunVerb "next"
End Sub

Public Sub XxgkRibbonClear(control As Object)
    RunVerb "clear"
End Sub

Public Sub XxgkRibbonReport(control As Object)
    RunVerb "report"
End Sub

Public Sub XxgkRibbonFolder(control As Object)
    RunVerb "folder"
End Sub

Public Sub XxgkRibbonUndo(control As Object)
    RunVerb "undo"
End Sub

Private Sub RunVerb(ByVal verb As String)
    Dim number As Long, words As String
    If Busy Then Exit Sub
    Busy = True
    On Error GoTo failed
    Select Case verb
    Case "next"
        Jump 1
    Case "back"
        Jump -1
    Case "folder"
        ShowFolder
    Case Else
        StartPython verb
    End Select
    Busy = False
    Exit Sub
failed:
    number = Err.Number
    words = Err.Description
    Busy = False
    On Error Resume Next
    Application.StatusBar = False
    modXxgkText.Say modXxgkWords.Failed() & vbLf & verb & " " & number & " " & words, vbCritical
End Sub

Private Sub StartPython(ByVal verb As String)
    Dim system As String
    system = Application.OperatingSystem
    If modXxgkUno.IsLibreOffice() And InStr(system, "Windows") = 0 Then
        modXxgkJob.RunOnCopy verb
    ElseIf modXxgkUno.IsLibreOffice() Or InStr(system, "Windows") = 0 Then
        modXxgkText.Say modXxgkWords.NotHere(), vbExclamation
    ElseIf InStr(UCase$(Application.Name & Application.Path), "WPS") > 0 Then
        modXxgkJob.RunOnCopy verb
    Else
        modXxgkWin.RunInExcel verb
    End If
End Sub

' Python has ended: say what went wrong. 1 is a refusal in words for staff, more is a fault.
Public Sub TellOutcome(ByVal code As Long, ByVal words As String)
    If code = 0 Then Exit Sub
    If code = 9009 Or code = 126 Or code = 127 Or InStr(words, "No module named") > 0 Then
        modXxgkText.Say modXxgkWords.NoProgram(), vbExclamation
    ElseIf Not HasChinese(words) Then
        modXxgkText.Say modXxgkWords.Broken() & vbLf & code & " " & words, vbCritical
    ElseIf code = 1 Then
        modXxgkText.Say words, vbExclamation
    Else
        modXxgkText.Say words, vbCritical
    End If
End Sub

Private Function HasChinese(ByVal words As String) As Boolean
    Dim i As Long
    For i = 1 To Len(words)
        If (AscW(Mid$(words, i, 1)) And 65535) > 12287 Then
            HasChinese = True
            Exit Function
        End If
    Next
End Function

' ---- from one finding to the next ----------------------------------------------------------------

Private Sub Jump(ByVal direction As Long)
    Dim list As Object, column As Long, last As Long, row As Long, tries As Long
    Set list = FindingsList()
    If list Is Nothing Then
        modXxgkText.Say modXxgkWords.NoFindings(), vbInformation
        Exit Sub
    End If
    column = PlaceColumn(list)
    last = list.Rows.Count
    row = CurrentRow(list, column)
    For tries = 1 To last
        row = row + direction
        If row < 2 Then row = last
        If row > last Then row = 2
        If GoToPlace(CStr(list.Cells(row, column).Value)) Then
            LastRow = row
            modXxgkJob.ShowStatus modXxgkWords.Position(row - 1, last - 1)
            Exit Sub
        End If
    Next
    modXxgkText.Say modXxgkWords.NoPlaces(), vbInformation
End Sub

Private Function FindingsList() As Object
    On Error Resume Next
    Set FindingsList = ThisWorkbook.Names(MARKS).RefersToRange
End Function

' The column whose heading is "place"
Private Function PlaceColumn(ByVal list As Object) As Long
    Dim column As Long
    For column = 1 To list.Columns.Count
        If CStr(list.Cells(1, column).Value) = modXxgkWords.PlaceHeading() Then
            PlaceColumn = column
            Exit Function
        End If
    Next
    PlaceColumn = 3
End Function

' The row of the list that the active cell belongs to: on the list its own, elsewhere the one that names it. From where
' nothing was found, such as the sheet with the buttons, it goes on after the last jump.
Private Function CurrentRow(ByVal list As Object, ByVal column As Long) As Long
    Dim here As Variant, place As String, row As Long
    here = modXxgkJob.ActivePlace()
    If here(0) = list.Worksheet.Name Then
        CurrentRow = WithinList(ThisWorkbook.Worksheets(here(0)).Range(here(1)).Row - list.Row + 1, list)
        Exit Function
    End If
    place = here(0) & " " & here(1)
    CurrentRow = WithinList(LastRow, list)
    If CStr(list.Cells(CurrentRow, column).Value) = place Then Exit Function
    For row = 2 To list.Rows.Count
        If CStr(list.Cells(row, column).Value) = place Then
            CurrentRow = row
            Exit Function
        End If
    Next
End Function

Private Function WithinList(ByVal row As Long, ByVal list As Object) As Long
    WithinList = row
    If row < 1 Then WithinList = 1
    If row > list.Rows.Count Then WithinList = list.Rows.Count
End Function

' "sheet cell", the sheet's name may have blanks
Private Function GoToPlace(ByVal place As String) As Boolean
    Dim at As Long
    at = InStrRev(place, " ")
    If at = 0 Then Exit Function
    On Error GoTo gone
    modXxgkJob.SelectCell Left$(place, at - 1), Mid$(place, at + 1)
    GoToPlace = True
gone:
End Function

' ---- the folder ----------------------------------------------------------------------------------

Private Sub ShowFolder()
    If ThisWorkbook.Path = "" Then
        modXxgkText.Say modXxgkWords.NeverSaved(), vbInformation
    Else
        OpenWithSystem ThisWorkbook.Path
    End If
End Sub

' Open a file or folder with the program that the system has for it
Public Sub OpenWithSystem(ByVal path As String)
    On Error GoTo failed
    If modXxgkUno.IsLibreOffice() Then
        modXxgkUno.Service("com.sun.star.system.SystemShellExecute").execute modXxgkText.FileUrl(path), "", 0
    Else
        CreateObject("WScript.Shell").Run """" & path & """"
    End If
    Exit Sub
failed:
    modXxgkText.Say modXxgkWords.CannotOpen() & vbLf & path, vbInformation
End Sub
