; The Windows installer: per user (default) or per machine, silent with /S, in Chinese or English.
;
;   makensis -DVERSION=0.1.0 -DPAYLOAD=FOLDER -DOUT=FILE fieldapp.nsi
;
; /ALLUSERS or /CURRENTUSER choose for whom; uninstalling never touches what people saved (%LOCALAPPDATA%\fieldapp).
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma

!define NAME "FieldApp"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "Software\${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallDir"
!include MultiUser.nsh
!include MUI2.nsh
!include LogicLib.nsh

Name "$(AppName)"
OutFile "${OUT}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "City Field App"
VIAddVersionKey FileDescription "City Field App installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"

!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString AppName ${LANG_SIMPCHINESE} "城市巡查"
LangString AppName ${LANG_ENGLISH} "City Field App"
LangString Busy ${LANG_SIMPCHINESE} "城市巡查仍在运行,无法替换文件。请关闭后重试。"
LangString Busy ${LANG_ENGLISH} "City Field App is still running, so its files cannot be replaced. Close it and try again."

Function .onInit
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

!macro StopDaemon un
Function ${un}StopDaemon
  ; The daemon ends by itself within seconds and loses nothing; it goes on at the next log-on.
  ${If} ${FileExists} "$INSTDIR\fieldapp-sync.exe"
    nsExec::Exec '"$SYSDIR\schtasks.exe" /End /TN "${NAME} sync"'
    Pop $0
    nsExec::Exec '"$INSTDIR\fieldapp-sync.exe" stop'
    Pop $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro StopDaemon ""
!insertmacro StopDaemon "un."

Section "Install"
  Call StopDaemon
  ; An older version goes whole, so that no module of it stays behind; its folder holds programs alone.
  ${If} ${FileExists} "$INSTDIR\inside"
    ClearErrors
    Rename "$INSTDIR\inside" "$INSTDIR\inside.old"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "$(Busy)" /SD IDOK
      SetErrorLevel 5
      Quit
    ${EndIf}
    RMDir /r "$INSTDIR\inside.old"
  ${EndIf}

  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "$SMPROGRAMS\$(AppName)"
  CreateShortcut "$SMPROGRAMS\$(AppName)\$(AppName).lnk" "$INSTDIR\fieldapp.exe"
  WriteRegStr SHCTX "Software\${NAME}" "StartMenu" "$SMPROGRAMS\$(AppName)"
  WriteRegStr SHCTX "Software\${NAME}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "Software\${NAME}" "InstallMode" "$MultiUser.InstallMode"

  ; The daemon starts at log-on, for whoever logs on where it is installed for all.
  ${If} $MultiUser.InstallMode == "AllUsers"
    nsExec::Exec '"$SYSDIR\schtasks.exe" /Create /F /TN "${NAME} sync" /SC ONLOGON /RU "BUILTIN\Users" /TR "\"$INSTDIR\fieldapp-sync.exe\" run"'
  ${Else}
    nsExec::Exec '"$SYSDIR\schtasks.exe" /Create /F /TN "${NAME} sync" /SC ONLOGON /TR "\"$INSTDIR\fieldapp-sync.exe\" run"'
  ${EndIf}
  Pop $0
  ${If} $0 != 0 ; where tasks may not be made, the log-on entry does the same
    WriteRegStr SHCTX "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME} sync" '"$INSTDIR\fieldapp-sync.exe" run'
  ${EndIf}

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "$(AppName)"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "Field App maintainers"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\fieldapp.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  Call un.StopDaemon
  nsExec::Exec '"$SYSDIR\schtasks.exe" /Delete /F /TN "${NAME} sync"'
  Pop $0
  DeleteRegValue SHCTX "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME} sync"
  ReadRegStr $1 SHCTX "Software\${NAME}" "StartMenu"
  ${If} $1 != ""
    Delete "$1\*.lnk"
    RMDir "$1"
  ${EndIf}
  ; Only what was installed: no wildcard reaches anything else that lies here.
  RMDir /r "$INSTDIR\inside"
  Delete "$INSTDIR\fieldapp.exe"
  Delete "$INSTDIR\fieldapp-sync.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "Software\${NAME}"
SectionEnd
