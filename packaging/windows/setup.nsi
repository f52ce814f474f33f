; setup.exe: for one person, without an administrator. The MSI beside it is for technicians. Silent with /S.
; It owns what it installs and nothing else: case files, backups and preferences are never touched.
Target amd64-unicode
!include "MUI2.nsh"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Casebook.Setup"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\casebook.exe"

Name "Casebook"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Casebook"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2057 "ProductName" "Casebook"
VIAddVersionKey /LANG=2057 "CompanyName" "The Casebook developers"
VIAddVersionKey /LANG=2057 "FileDescription" "Casebook Setup"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "LegalCopyright" "The Casebook developers. MIT or Apache-2.0."

!define MUI_ICON "casebook.ico"
!define MUI_UNICON "casebook.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\casebook.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Casebook"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "The program is removed. Your case files, backups and saved letters stay where they are."
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A running Casebook holds its own file open.
!macro NOT_WHILE_OPEN
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\casebook.exe"
    FileOpen $0 "$INSTDIR\casebook.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "Casebook is open. Close it, then start this again. Nothing has been changed." /SD IDOK
      SetErrorLevel 1
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  SetShellVarContext current
  !insertmacro NOT_WHILE_OPEN
  SetOutPath "$INSTDIR"
  File "casebook.exe"
  File "casebook.com"
  File "parts.cdx.json"
  File "LICENSES.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Casebook.lnk" "$INSTDIR\casebook.exe"
  CreateShortCut "$SMPROGRAMS\Casebook demonstration.lnk" "$INSTDIR\casebook.exe" "demo"
  WriteRegStr HKCU "${CLASSES}\.casebook" "" "Casebook.CaseFile"
  WriteRegStr HKCU "${CLASSES}\.casedb" "" "Casebook.CaseFile"
  WriteRegStr HKCU "${CLASSES}\Casebook.CaseFile" "" "Casebook case file"
  WriteRegStr HKCU "${CLASSES}\Casebook.CaseFile\DefaultIcon" "" "$INSTDIR\casebook.exe,0"
  WriteRegStr HKCU "${CLASSES}\Casebook.CaseFile\shell\open\command" "" '"$INSTDIR\casebook.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Casebook" "" "Open in Casebook"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Casebook" "AppliesTo" 'System.FileName:~>".casebook"'
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Casebook" "Icon" "$INSTDIR\casebook.exe,0"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Casebook\command" "" '"$INSTDIR\casebook.exe" "%1"'
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\casebook.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Casebook"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Casebook developers"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\casebook.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro NOT_WHILE_OPEN
  Delete "$SMPROGRAMS\Casebook.lnk"
  Delete "$SMPROGRAMS\Casebook demonstration.lnk"
  Delete "$INSTDIR\casebook.exe"
  Delete "$INSTDIR\casebook.com"
  Delete "$INSTDIR\parts.cdx.json"
  Delete "$INSTDIR\LICENSES.txt"
  Delete "$INSTDIR\uninstall.exe"
  ; Only where nothing else is in it.
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${CLASSES}\Casebook.CaseFile"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\Casebook"
  DeleteRegValue HKCU "${CLASSES}\.casebook" ""
  DeleteRegKey /ifempty HKCU "${CLASSES}\.casebook"
  DeleteRegValue HKCU "${CLASSES}\.casedb" ""
  DeleteRegKey /ifempty HKCU "${CLASSES}\.casedb"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
