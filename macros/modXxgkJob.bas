Attribute VB_Name = "modXxgkJob"
Option Explicit

' LibreOffice and WPS: Python works on a copy of the open book and writes a list of changes, which is applied here.
' The job's folder and the operations are described in docs/decisions/0010-macros.md.

Private Const BAD_LIST As Long = 1000

' Run a verb, and again what its questions lead to
Public Sub RunOnCopy(ByVal verb As String)
    Dim answer As String
    Do While verb <> ""
        verb = RunOnce(verb, answer)
        answer = "yes"
    Loop
End Sub

' Return the verb to start again, or ""
Private Function RunOnce(ByVal verb As String, ByVal answer As String) As String
    Dim folder As String, code As Long, number As Long, fault As String, words As String
    folder = NewFolder()
    On Error GoTo failed
    Hold True
    Application.StatusBar = modXxgkWords.Waiting()
    StoreCopy folder & "in.xlsx"
    WriteJob folder & "job.txt", verb, answer
    code = RunPython(folder)
    Hold False
    Application.StatusBar = False
    If code = 0 Then
        RunOnce = ApplyList(modXxgkText.ReadLines(folder & "changes.txt"))
    Else
        words = modXxgkText.ReadText(folder & "out.txt")
        If words = "" Or code > 1 Then words = modXxgkText.ReadText(folder & "err.txt")
    End If
    Sweep folder
    modXxgk.TellOutcome code, words
    Exit Function
failed:
    number = Err.Number
    fault = Err.Description
    On Error Resume Next
    Hold False
    Application.StatusBar = False
    Sweep folder
    On Error GoTo 0
    Err.Raise number, "xxgk", fault
End Function

Private Sub WriteJob(ByVal path As String, ByVal verb As String, ByVal answer As String)
    Dim file As Integer, place As Variant, state As Variant
    place = ActivePlace()
    state = BookState()
    file = FreeFile
    Open path For Output As #file
    Print #file, "verb=" & verb
    Print #file, "answer=" & answer
    Print #file, "url=" & modXxgkText.Esc(state(0))
    Print #file, "sheet=" & modXxgkText.Esc(place(0))
    Print #file, "cell=" & place(1)
    Print #file, "modified=" & Digit(state(1))
    Print #file, "readonly=" & Digit(state(2))
    Close #file
End Sub

Private Function Digit(ByVal yes As Boolean) As String
    Digit = "0"
    If yes Then Digit = "1"
End Function

Private Sub Sweep(ByVal folder As String)
    Dim name As Variant
    On Error Resume Next
    For Each name In Array("in.xlsx", "job.txt", "run.sh", "changes.txt", "progress.txt", "out.txt", "err.txt", "rc.txt", "rc.tmp")
        If Dir(folder & name) <> "" Then Kill folder & name
    Next
    RmDir Left$(folder, Len(folder) - 1)
End Sub

' ---- the list of changes: op TAB sheet TAB cell TAB text, the last line is "end <lines before it>" -----

' Apply the list and return the verb to start again, or ""
Private Function ApplyList(ByVal lines As Variant) As String
    Dim count As Long, i As Long, status As String, target As Long
    Dim rows As Variant, skipped As Variant
    rows = Parsed(lines)
    count = UBound(rows) + 1
    If count = 0 Then Exit Function
    skipped = AskBefore(rows)
    ApplyChanges rows, skipped
    target = -1
    For i = 0 To count - 1
        If Not skipped(i) And rows(i)(0) = "status" Then status = modXxgkText.Txt(rows(i)(3))
        If Not skipped(i) And rows(i)(0) = "select" Then target = i
    Next
    If target >= 0 Then SelectCell modXxgkText.Txt(rows(target)(1)), rows(target)(2)
    If status <> "" Then ShowStatus status
    For i = 0 To count - 1
        If Not skipped(i) And rows(i)(0) = "message" Then Tell modXxgkText.Txt(rows(i)(3))
    Next
    ApplyList = AskAfter(rows, skipped)
End Function

' The four fields of each line, still escaped. A list that is not whole is an error.
Private Function Parsed(ByVal lines As Variant) As Variant
    Dim i As Long, last As Long, rows() As Variant
    last = UBound(lines)
    If last < 0 Then Err.Raise BAD_LIST, "xxgk", "no list of changes"
    If lines(last) <> "end " & last Then Err.Raise BAD_LIST, "xxgk", "the list of changes is cut off"
    If last = 0 Then
        Parsed = Array()
        Exit Function
    End If
    ReDim rows(0 To last - 1)
    For i = 0 To last - 1
        rows(i) = Split(lines(i), vbTab)
        If UBound(rows(i)) <> 3 Then Err.Raise BAD_LIST, "xxgk", "line " & (i + 1) & " has not four fields"
    Next
    Parsed = rows
End Function

Private Sub ApplyChanges(ByVal rows As Variant, ByVal skipped As Variant)
    Dim i As Long, number As Long, fault As String
    OpenChanges
    On Error GoTo failed
    For i = 0 To UBound(rows)
        Select Case rows(i)(0)
        Case "ask", "endask", "again", "open", "status", "select", "message"
        Case Else
            If Not skipped(i) Then Change rows(i)(0), modXxgkText.Txt(rows(i)(1)), rows(i)(2), modXxgkText.Txt(rows(i)(3))
        End Select
    Next
    CloseChanges
    Exit Sub
failed:
    number = Err.Number
    fault = "line " & (i + 1) & ": " & Err.Description
    On Error Resume Next
    DropChanges
    On Error GoTo 0
    Err.Raise number, "xxgk", fault
End Sub

' Ask what changes depend on. Return for each line whether it is left out.
Private Function AskBefore(ByVal rows As Variant) As Variant
    Dim skipped() As Boolean, i As Long, last As Long, k As Long
    ReDim skipped(0 To UBound(rows))
    For i = 0 To UBound(rows)
        If rows(i)(0) = "ask" Then
            last = EndOfQuestion(rows, i)
            If Not IsAboutLater(rows, i, last) Then
                If Not modXxgkText.Agreed(modXxgkText.Txt(rows(i)(3))) Then
                    For k = i To last
                        skipped(k) = True
                    Next
                End If
            End If
        End If
    Next
    AskBefore = skipped
End Function

' Ask what comes after the changes: opening a file, or starting a verb, which is returned
Private Function AskAfter(ByVal rows As Variant, ByVal skipped As Variant) As String
    Dim i As Long, k As Long, last As Long
    For i = 0 To UBound(rows)
        If rows(i)(0) = "ask" And Not skipped(i) Then
            last = EndOfQuestion(rows, i)
            If IsAboutLater(rows, i, last) Then
                If modXxgkText.Agreed(modXxgkText.Txt(rows(i)(3))) Then
                    For k = i + 1 To last - 1
                        If rows(k)(0) = "open" Then modXxgk.OpenWithSystem modXxgkText.Txt(rows(k)(3))
                        If rows(k)(0) = "again" Then AskAfter = rows(k)(3)
                    Next
                End If
            End If
        End If
    Next
End Function

Private Function EndOfQuestion(ByVal rows As Variant, ByVal first As Long) As Long
    Dim i As Long
    For i = first + 1 To UBound(rows)
        If rows(i)(0) = "endask" Then
            EndOfQuestion = i
            Exit Function
        End If
    Next
    Err.Raise BAD_LIST, "xxgk", "a question has no end"
End Function

Private Function IsAboutLater(ByVal rows As Variant, ByVal first As Long, ByVal last As Long) As Boolean
    Dim i As Long
    For i = first + 1 To last - 1
        If rows(i)(0) <> "again" And rows(i)(0) <> "open" Then Exit Function
    Next
    IsAboutLater = True
End Function

' The first letter tells how grave it is
Private Sub Tell(ByVal words As String)
    Dim style As Long
    style = vbInformation
    If Left$(words, 1) = "w" Then style = vbExclamation
    If Left$(words, 1) = "e" Then style = vbCritical
    modXxgkText.Say Mid$(words, 2), style
End Sub

' ---- each in the way of its program --------------------------------------------------------------

Private Function NewFolder() As String
    If modXxgkUno.IsLibreOffice() Then
        NewFolder = modXxgkLO.NewFolder()
    Else
        NewFolder = modXxgkWps.NewFolder()
    End If
End Function

Private Sub StoreCopy(ByVal path As String)
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.StoreCopy path
    Else
        ThisWorkbook.SaveCopyAs path
    End If
End Sub

Private Function RunPython(ByVal folder As String) As Long
    If modXxgkUno.IsLibreOffice() Then
        RunPython = modXxgkLO.RunPython(folder)
    Else
        RunPython = modXxgkWin.RunPython("job """ & Left$(folder, Len(folder) - 1) & """", folder & "out.txt", folder & "err.txt")
    End If
End Function

Private Function BookState() As Variant
    If modXxgkUno.IsLibreOffice() Then
        BookState = modXxgkLO.BookState()
    Else
        BookState = modXxgkWps.BookState()
    End If
End Function

Private Sub Hold(ByVal yes As Boolean)
    If modXxgkUno.IsLibreOffice() Then modXxgkLO.Hold yes
End Sub

Private Sub OpenChanges()
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.OpenChanges
    Else
        modXxgkWps.OpenChanges
    End If
End Sub

Private Sub Change(ByVal op As String, ByVal sheet As String, ByVal cell As String, ByVal words As String)
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.Change op, sheet, cell, words
    Else
        modXxgkWps.Change op, sheet, cell, words
    End If
End Sub

Private Sub CloseChanges()
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.CloseChanges
    Else
        modXxgkWps.CloseChanges
    End If
End Sub

Private Sub DropChanges()
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.DropChanges
    Else
        modXxgkWps.CloseChanges
    End If
End Sub

Public Function ActivePlace() As Variant
    If modXxgkUno.IsLibreOffice() Then
        ActivePlace = modXxgkLO.ActivePlace()
    Else
        ActivePlace = Array(ActiveSheet.Name, ActiveCell.Address(False, False))
    End If
End Function

Public Sub ShowStatus(ByVal words As String)
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.ShowStatus words
    Else
        Application.StatusBar = words
    End If
End Sub

Public Sub SelectCell(ByVal sheet As String, ByVal cell As String)
    If modXxgkUno.IsLibreOffice() Then
        modXxgkLO.SelectCell sheet, cell
    Else
        ThisWorkbook.Worksheets(sheet).Activate
        ThisWorkbook.Worksheets(sheet).Range(cell).Select
    End If
End Sub
