Attribute VB_Name = "modXxgkLO"
Option Explicit

' LibreOffice: a copy of the open book, the program on it, and each change by UNO, all in one step of undo.

Private Const SECONDS As Long = 600
Private Const RULE As String = "N(""\u3014\u6821\u9a8c\u3015"")=0"    ' xxgk/output/marks/looks.py
Private Const BY_FORMULA As Long = 9    ' com.sun.star.sheet.ConditionOperator
Private Const CONTENTS As Long = 23    ' com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas
Private Const NOTES As Long = 8
Private Const STATUS_SECONDS As Long = 10
Private Const EXCELS As Long = 3    ' com.sun.star.sheet.AddressConvention: XL_OOX
Private Const CENTRED As Long = 2    ' com.sun.star.table.CellVertJustify2
Private Const LEFT_SIDE As Long = 1    ' com.sun.star.table.CellHoriJustify
Private Const MIDDLE As Long = 2
Private Const BOLD As Long = 150    ' com.sun.star.awt.FontWeight
Private Const SINGLE_LINE As Long = 1    ' com.sun.star.awt.FontUnderline
' Hundredths of a millimetre: a unit of column width here, a point, a thin line
Private Const CHARACTER As Double = 247
Private Const POINT As Double = 35.28
Private Const THIN As Long = 18

Private Opened As Collection        ' sheets whose protection was lifted
Private Added As Collection         ' sheets that are new
Private SetAside As Collection      ' sheets that are to go: the sheet and its name before
Private Uncoloured As Collection    ' sheets that are to lose their colours
Private Coloured As Collection      ' an area and its colour
Private Frozen As Collection        ' a cell: what is above and left of it stays in view
Private Whole As Boolean            ' whether one step of undo takes all changes back

' A folder in LibreOffice's own, which only this user can read and which is removed at its end
Public Function NewFolder() As String
    Dim path As String
    path = modXxgkUno.Service("com.sun.star.io.TempFile").ResourceName
    NewFolder = Left$(path, InStrRev(path, "/")) & "xxgk" & modXxgkText.Stamp() & "/"
    MkDir NewFolder
End Function

' SaveCopyAs writes the format of Excel 97 here, whatever the name says
Public Sub StoreCopy(ByVal path As String)
    modXxgkUno.Doc().storeToURL modXxgkText.FileUrl(path), Array(NamedValue("FilterName", "Calc MS Excel 2007 XML"))
End Sub

' Shell never waits: the program's end is seen by rc.txt, and what it tells meanwhile by progress.txt
Public Function RunPython(ByVal folder As String) As Long
    Dim started As Date, told As String, words As String
    WriteScript folder & "run.sh"
    Shell "/bin/sh """ & folder & "run.sh""", 0
    started = Now
    Do While Dir(folder & "rc.txt") = ""
        If (Now - started) * 86400 > SECONDS Then Err.Raise 1000, "xxgk", "no answer after 10 minutes"
        Application.Wait Now + 0.05 / 86400
        DoEvents
        If Dir(folder & "progress.txt") <> "" Then
            words = modXxgkText.ReadText(folder & "progress.txt")
            If words <> "" And words <> told Then Application.StatusBar = words
            told = words
        End If
    Loop
    RunPython = Val(modXxgkText.ReadText(folder & "rc.txt"))
End Function

' The shell reads the path of the program, so that a Chinese one passes whatever the locale
Private Sub WriteScript(ByVal path As String)
    Dim file As Integer, words As Variant
    file = FreeFile
    Open path For Output As #file
    For Each words In Array( _
        "cd ""$(dirname ""$0"")"" || exit 1", _
        "program=", _
        "{ read -r program <""$HOME/.config/xxgk/python.txt""; } 2>/dev/null", _
        "[ -n ""$program"" ] || program=$(command -v python3 || command -v python)", _
        "case ${program##*/} in", _
        "python*) set -- ""$program"" -P -B -m xxgk.excel ;;", _
        "*) set -- ""$program"" excel ;;", _
        "esac", _
        "PYTHONIOENCODING=ascii:backslashreplace ""$@"" job ""$PWD"" >out.txt 2>err.txt", _
        "echo $? >rc.tmp", _
        "mv rc.tmp rc.txt")
        Print #file, words
    Next
    Close #file
End Sub

' While the program runs nothing may be typed or clicked
Public Sub Hold(ByVal yes As Boolean)
    On Error Resume Next
    modXxgkUno.Doc().CurrentController.Frame.ContainerWindow.setEnable Not yes
End Sub

' ---- changes -------------------------------------------------------------------------------------

' Styles can be added only while no sheet at all is protected
Public Sub OpenChanges()
    Dim i As Long, sheet As Object
    Set Opened = New Collection
    Set Added = New Collection
    Set SetAside = New Collection
    Set Uncoloured = New Collection
    Set Coloured = New Collection
    Set Frozen = New Collection
    Whole = True
    modXxgkUno.Doc().getUndoManager().enterUndoContext modXxgkWords.Title()
    For i = 0 To modXxgkUno.Doc().Sheets.Count - 1
        Set sheet = modXxgkUno.Doc().Sheets.getByIndex(i)
        If sheet.isProtected() Then
            On Error Resume Next
            sheet.unprotect ""
            On Error GoTo 0
            If Not sheet.isProtected() Then Opened.Add sheet
        End If
    Next
End Sub

' What no undo takes back is done at the end, when nothing can fail any more
Public Sub CloseChanges()
    Dim one As Variant
    For Each one In Uncoloured
        TakeColours one
    Next
    For Each one In Coloured
        ColourArea one(0), one(1)
    Next
    For Each one In Opened
        one.protect ""
    Next
    modXxgkUno.Doc().getUndoManager().leaveUndoContext
    For Each one In SetAside
        modXxgkUno.Doc().Sheets.removeByName one(0).Name
    Next
    For Each one In Frozen
        Freeze one
    Next
    ' LibreOffice cannot take back colours, nor sheets of a book with macros: better no undo than half of one
    If Not Whole Then modXxgkUno.Doc().getUndoManager().clear
End Sub

Public Sub DropChanges()
    Dim one As Variant
    modXxgkUno.Doc().getUndoManager().leaveUndoContext
    modXxgkUno.Doc().getUndoManager().undo
    For Each one In Added
        modXxgkUno.Doc().Sheets.removeByName one.Name
    Next
    For Each one In SetAside
        one(0).setName one(1)
    Next
    If Not Whole Then modXxgkUno.Doc().getUndoManager().clear
End Sub

Public Sub Change(ByVal op As String, ByVal sheetName As String, ByVal cell As String, ByVal words As String)
    Dim doc As Object, sheet As Object, area As Object
    Set doc = modXxgkUno.Doc()
    Select Case op
    Case "addsheet"
        If Not doc.Sheets.hasByName(sheetName) Then
            doc.Sheets.insertNewByName sheetName, doc.Sheets.Count
            Added.Add doc.Sheets.getByName(sheetName)
            Whole = False
        End If
        Exit Sub
    Case "delsheet"
        Set sheet = doc.Sheets.getByName(sheetName)
        sheet.setName "xxgk" & modXxgkText.Stamp()
        SetAside.Add Array(sheet, sheetName)
        Whole = False
        Exit Sub
    Case "name"
        SetName words, sheetName, cell
        Exit Sub
    End Select
    Set sheet = doc.Sheets.getByName(sheetName)
    If op = "hide" Then
        sheet.IsVisible = False
        Exit Sub
    ElseIf op = "unfill" Then
        Uncoloured.Add sheet
        Whole = False
        Exit Sub
    ElseIf op = "width" Then
        sheet.Columns.getByName(cell).Width = Val(words) * CHARACTER
        Exit Sub
    ElseIf op = "height" Then
        sheet.Rows.getByIndex(Val(cell) - 1).Height = Val(words) * POINT
        Exit Sub
    ElseIf op = "tab" Then
        sheet.TabColor = Colour(words)
        Exit Sub
    End If
    If sheet.isProtected() Then Err.Raise 1000, "xxgk", "password on sheet " & sheetName
    Set area = sheet.getCellRangeByName(cell)
    Select Case op
    Case "num"
        area.setValue Val(words)
    Case "str"
        area.setString words
    Case "formula"
        SetFormula area, words
    Case "clear"
        area.clearContents CONTENTS
    Case "fill"
        Coloured.Add Array(area, words)
        Whole = False
    Case "note"
        area.clearContents NOTES
        If words <> "" Then sheet.Annotations.insertNew area.CellAddress, words
    Case "align"
        area.IsTextWrapped = True
        area.VertJustify = CENTRED
        area.HoriJustify = LEFT_SIDE
        If words = "center" Then area.HoriJustify = MIDDLE
    Case "paint"
        area.CellBackColor = Colour(words)
    Case "bold"
        area.CharColor = Colour(words)
        area.CharWeight = BOLD
        area.CharWeightAsian = BOLD
    Case "underline"
        area.CharColor = Colour(words)
        area.CharUnderline = SINGLE_LINE
    Case "lines"
        DrawLines area, Colour(words)
    Case "merge"
        area.merge True
    Case "freeze"
        Frozen.Add area
    Case "link"
        SetLink area, words
    Case Else
        Err.Raise 1000, "xxgk", "unknown change " & op
    End Select
End Sub

' Name of the sheet that is shown, and its selected cell
Public Function ActivePlace() As Variant
    Dim controller As Object, selected As Object
    Set controller = modXxgkUno.Doc().CurrentController
    Set selected = controller.ActiveSheet.getCellByPosition(0, 0)
    On Error Resume Next    ' a shape or several areas have no address
    With controller.getSelection().RangeAddress
        Set selected = controller.ActiveSheet.getCellByPosition(.StartColumn, .StartRow)
    End With
    ActivePlace = Array(controller.ActiveSheet.Name, _
        Replace(Mid$(selected.AbsoluteName, InStrRev(selected.AbsoluteName, ".") + 1), "$", ""))
End Function

' Where the book is saved, whether there are changes since then, and whether it may not be written
Public Function BookState() As Variant
    BookState = Array(modXxgkUno.Doc().getURL(), modXxgkUno.Doc().isModified(), modXxgkUno.Doc().isReadonly())
End Function

' The text would stay in the place of the whole status bar
Public Sub ShowStatus(ByVal words As String)
    Application.StatusBar = words
    Application.OnTime Now + STATUS_SECONDS / 86400, "modXxgkLO.FreeStatus"
End Sub

Public Sub FreeStatus()
    Application.StatusBar = False
End Sub

Public Sub SelectCell(ByVal sheetName As String, ByVal cell As String)
    Dim sheet As Object
    Set sheet = modXxgkUno.Doc().Sheets.getByName(sheetName)
    modXxgkUno.Doc().CurrentController.setActiveSheet sheet
    modXxgkUno.Doc().CurrentController.select sheet.getCellRangeByName(cell)
End Sub

Private Sub SetName(ByVal name As String, ByVal sheetName As String, ByVal area As String)
    Dim names As Object
    Set names = modXxgkUno.Doc().NamedRanges
    If names.hasByName(name) Then names.removeByName name
    If area <> "" Then
        names.addNewByName name, modXxgkUno.Doc().Sheets.getByName(sheetName).getCellRangeByName(area).AbsoluteName, _
            modXxgkUno.Doc().Sheets.getByIndex(0).getCellRangeByName("A1").CellAddress, 0
    End If
End Sub

' The formula is as Excel writes it
Private Sub SetFormula(ByVal area As Object, ByVal formula As String)
    Dim parser As Object
    Set parser = modXxgkUno.Doc().createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = EXCELS
    area.setTokens parser.parseFormula(Mid$(formula, 2), area.CellAddress)
End Sub

' The cell's text becomes a link to SHEET!CELL
Private Sub SetLink(ByVal area As Object, ByVal target As String)
    Dim at As Long
    at = InStrRev(target, "!")
    area.setFormula "=HYPERLINK(""#'" & Doubled(Doubled(Left$(target, at - 1), "'"), """") & "'" & Mid$(target, at) & """;""" & _
        Doubled(area.getString(), """") & """)"
End Sub

Private Function Doubled(ByVal words As String, ByVal mark As String) As String
    Doubled = Replace(words, mark, mark & mark)
End Function

' ---- colours, as conditional formats under a rule that is always true --------------------------------
' They are set by the property of the cells: formats added to the sheet's list are not shown until the file is opened
' anew (LibreOffice 7.4), and taken from there they leave a number behind that the next one gets.

Private Sub ColourArea(ByVal area As Object, ByVal rgb6 As String)
    Dim entries As Object
    Set entries = area.ConditionalFormat
    entries.addNew Array(NamedValue("Operator", BY_FORMULA), NamedValue("Formula1", modXxgkText.Txt(RULE)), _
        NamedValue("StyleName", StyleOf(rgb6)))
    area.ConditionalFormat = entries
End Sub

Private Sub TakeColours(ByVal sheet As Object)
    Dim format As Variant, entries As Object, i As Long, count As Long
    For Each format In sheet.ConditionalFormats.getConditionalFormats()
        Set entries = format.Range.ConditionalFormat
        count = entries.getCount()
        For i = count - 1 To 0 Step -1
            If IsOurs(entries.getByIndex(i)) Then entries.removeByIndex i
        Next
        If entries.getCount() < count Then format.Range.ConditionalFormat = entries
    Next
End Sub

' Colour scales and the like have no formula
Private Function IsOurs(ByVal entry As Object) As Boolean
    On Error Resume Next
    IsOurs = (Replace(entry.getFormula1(), " ", "") = modXxgkText.Txt(RULE))
End Function

Private Function StyleOf(ByVal rgb6 As String) As String
    Dim styles As Object, style As Object
    StyleOf = "xxgk " & rgb6
    Set styles = modXxgkUno.Doc().StyleFamilies.getByName("CellStyles")
    If Not styles.hasByName(StyleOf) Then
        Set style = modXxgkUno.Doc().createInstance("com.sun.star.style.CellStyle")
        styles.insertByName StyleOf, style
        style.CellBackColor = Colour(rgb6)
        style.VertJustify = CENTRED    ' else that of the book's default style comes through, which is the bottom
    End If
End Function

' RGB has red last here
Private Function Colour(ByVal rgb6 As String) As Long
    Colour = RGB(Val("&H" & Mid$(rgb6, 5, 2)), Val("&H" & Mid$(rgb6, 3, 2)), Val("&H" & Mid$(rgb6, 1, 2)))
End Function

' ---- a sheet of our own --------------------------------------------------------------------------

Private Sub DrawLines(ByVal area As Object, ByVal rgbLong As Long)
    Dim edge As Object
    Set edge = CreateObject("com.sun.star.table.BorderLine")
    edge.Color = rgbLong
    edge.OuterLineWidth = THIN
    area.TopBorder = edge
    area.BottomBorder = edge
    area.LeftBorder = edge
    area.RightBorder = edge
End Sub

' Only the sheet that is shown can be frozen; selecting it within a step of undo would cut that off
Private Sub Freeze(ByVal area As Object)
    Dim controller As Object, shown As Object
    Set controller = modXxgkUno.Doc().CurrentController
    Set shown = controller.ActiveSheet
    controller.setActiveSheet area.Spreadsheet
    controller.freezeAtPosition area.RangeAddress.StartColumn, area.RangeAddress.StartRow
    controller.setActiveSheet shown
End Sub

Private Function NamedValue(ByVal name As String, ByVal value As Variant) As Object
    Set NamedValue = CreateObject("com.sun.star.beans.PropertyValue")
    NamedValue.Name = name
    NamedValue.Value = value
End Function
