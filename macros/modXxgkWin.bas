Attribute VB_Name = "modXxgkWin"
Option Explicit

' Windows: finding and starting Python. WScript.Shell is used since VBA's own Shell knows only the ANSI code page.

Private Const HIDDEN As Long = 0
Private Const NOT_FOUND As Long = 9009    ' of cmd.exe

' Excel: Python works on the open book itself, with the arguments that xlwings.Book.caller() reads.
Public Sub RunInExcel(ByVal verb As String)
    Dim calculation As Long, updating As Boolean, events As Boolean
    Dim log As String, code As Long, words As String
    Dim number As Long, fault As String
    calculation = Application.Calculation
    updating = Application.ScreenUpdating
    events = Application.EnableEvents
    Application.StatusBar = modXxgkWords.Waiting()
    log = Environ("TEMP") & "\xxgk-" & modXxgkText.Stamp() & ".txt"
    On Error GoTo failed
    code = RunPython(verb & " ""--wb=" & ThisWorkbook.Name & """ --from_xl=1 --hwnd=" & CStr(Application.Hwnd), log, "")
    words = modXxgkText.ReadText(log)
    LeaveAsFound calculation, updating, events, log
    modXxgk.TellOutcome code, words
    Exit Sub
failed:
    number = Err.Number
    fault = Err.Description
    LeaveAsFound calculation, updating, events, log
    Err.Raise number, "xxgk", fault
End Sub

' Also when Python was ended in the middle of its work
Private Sub LeaveAsFound(ByVal calculation As Long, ByVal updating As Boolean, ByVal events As Boolean, ByVal log As String)
    On Error Resume Next
    If Application.Calculation <> calculation Then Application.Calculation = calculation
    Application.ScreenUpdating = updating
    Application.EnableEvents = events
    If CStr(Application.StatusBar) = modXxgkWords.Waiting() Then Application.StatusBar = False
    Kill log
End Sub

' Run the Python program hidden, wait, and return its exit code. Without errFile both outputs go to outFile.
Public Function RunPython(ByVal arguments As String, ByVal outFile As String, ByVal errFile As String) As Long
    Dim program As Variant, code As Long, target As String
    target = " 1>" & Quoted(outFile) & " 2>&1"
    If errFile <> "" Then target = " 1>" & Quoted(outFile) & " 2>" & Quoted(errFile)
    code = NOT_FOUND
    For Each program In Programs()
        If code = NOT_FOUND And MayBeThere(CStr(program)) Then
            code = RunHidden(Command(CStr(program)) & arguments & target)
        End If
    Next
    RunPython = code
End Function

' What xxgk setup wrote down for this user, else what is on the search path
Private Function Programs() As Variant
    Dim lines As Variant
    lines = modXxgkText.ReadLines(Environ("APPDATA") & "\xxgk\python.txt")
    If UBound(lines) < 0 Then
        Programs = Array("python", "python3")
    Else
        Programs = Array(Trim$(lines(0)))
    End If
End Function

' A name without a path is looked for by cmd.exe
Private Function MayBeThere(ByVal program As String) As Boolean
    On Error Resume Next
    MayBeThere = (InStr(program, "\") = 0)
    If Not MayBeThere Then MayBeThere = ((GetAttr(program) And vbDirectory) = 0)
End Function

Private Function Command(ByVal program As String) As String
    Dim name As String
    name = LCase$(Mid$(program, InStrRev(program, "\") + 1))
    ' -P: the current folder is not searched for modules; -B: no .pyc files
    Command = Quoted(program) & " excel "
    If Left$(name, 6) = "python" Then Command = Quoted(program) & " -P -B -m xxgk.excel "
End Function

Private Function RunHidden(ByVal words As String) As Long
    ' cmd /S strips exactly the outer pair of quotes
    RunHidden = CreateObject("WScript.Shell").Run("cmd.exe /D /S /C ""set ""PYTHONIOENCODING=ascii:backslashreplace"" && " _
        & words & """", HIDDEN, True)
End Function

Private Function Quoted(ByVal words As String) As String
    Quoted = """" & words & """"
End Function
