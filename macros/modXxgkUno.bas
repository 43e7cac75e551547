Attribute VB_Name = "modXxgkUno"
' No "Option Explicit" here, on purpose: ThisComponent and GetProcessServiceManager belong to LibreOffice. Excel takes
' them as undeclared, empty Variants, so the module compiles there too. They must be written without parentheses.

Public Function IsLibreOffice() As Boolean
    IsLibreOffice = Not IsEmpty(ThisComponent)
End Function

Public Function Doc() As Object
    Set Doc = ThisComponent
End Function

Public Function Service(ByVal serviceName As String) As Object
    Dim manager As Object
    Set manager = GetProcessServiceManager
    Set Service = manager.createInstance(serviceName)
End Function
