; Windows: Inno Setup 6.3 or newer, after build.spec has made dist\cpdesk there.
; NOT RUN YET: this script was written and checked by tests for what it says, but never on Windows.
;
;   iscc /DVersion=0.1.0 resources\packaging\cpdesk.iss
;
; For the person who runs it alone, without an administrator. The program goes to %LOCALAPPDATA%\Programs\cpdesk;
; desks, settings, keys and backups lie in %LOCALAPPDATA%\cpdesk, in Documents and wherever a person put them, and are
; neither written nor read nor removed here. A newer version goes over the older one in place.

#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{6E0C8C0B-3D53-4E6B-9E55-5B0F8B8B6A51}
AppName=CPC Desk
AppVersion={#Version}
AppVerName={cm:ProgramName} {#Version}
UninstallDisplayName={cm:ProgramName}
UninstallDisplayIcon={app}\cpdeskw.exe
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\cpdesk
DisableDirPage=yes
DefaultGroupName={cm:ProgramName}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\build\cpdesk.ico
OutputDir=..\..\dist
OutputBaseFilename=cpdesk-{#Version}-windows-x64
SourceDir=.
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
TimeStampsInUTC=yes

[Languages]
Name: "km"; MessagesFile: "compiler:Default.isl,km.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
km.ProgramName=តុកុមារ
en.ProgramName=CPC Desk
km.DeskIcon=ដាក់រូបតំណាងលើផ្ទៃតុ
en.DeskIcon=Put an icon on the desktop
km.OpenNow=បើកកម្មវិធី
en.OpenNow=Open the program
km.DeskFile=តុការងារ (តុកុមារ)
en.DeskFile=Desk of a child-protection committee
km.PackageFile=កញ្ចប់ទិន្នន័យ (តុកុមារ)
en.PackageFile=Data package of a desk
km.CardFile=ប័ណ្ណរដ្ឋបាល (តុកុមារ)
en.CardFile=Card of an office
km.BackupFile=ច្បាប់បម្រុងទុក (តុកុមារ)
en.BackupFile=Backup of a desk
km.DataStays=កម្មវិធីត្រូវបានលុប។ តុការងារ ការកំណត់ សោ និងច្បាប់បម្រុងទុកនៅដដែល៖
en.DataStays=The program is gone. Desks, settings, keys and backups stay:

[Tasks]
Name: "desktopicon"; Description: "{cm:DeskIcon}"

[InstallDelete]
; What an older version had and this one has not. Only the program's own folder.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\dist\cpdesk\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{cm:ProgramName}"; Filename: "{app}\cpdeskw.exe"
Name: "{autodesktop}\{cm:ProgramName}"; Filename: "{app}\cpdeskw.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.cpdesk"; ValueType: string; ValueData: "cpdesk.desk"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\cpdesk.desk"; ValueType: string; ValueData: "{cm:DeskFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\cpdesk.desk\DefaultIcon"; ValueType: string; ValueData: "{app}\cpdeskw.exe,0"
Root: HKCU; Subkey: "Software\Classes\cpdesk.desk\shell\open\command"; ValueType: string; ValueData: """{app}\cpdeskw.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.cpsync"; ValueType: string; ValueData: "cpdesk.package"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\cpdesk.package"; ValueType: string; ValueData: "{cm:PackageFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\cpdesk.package\DefaultIcon"; ValueType: string; ValueData: "{app}\cpdeskw.exe,0"
Root: HKCU; Subkey: "Software\Classes\cpdesk.package\shell\open\command"; ValueType: string; ValueData: """{app}\cpdeskw.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.cpcard"; ValueType: string; ValueData: "cpdesk.card"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\cpdesk.card"; ValueType: string; ValueData: "{cm:CardFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\cpdesk.card\DefaultIcon"; ValueType: string; ValueData: "{app}\cpdeskw.exe,0"
Root: HKCU; Subkey: "Software\Classes\cpdesk.card\shell\open\command"; ValueType: string; ValueData: """{app}\cpdeskw.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\.cpbackup"; ValueType: string; ValueData: "cpdesk.backup"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\cpdesk.backup"; ValueType: string; ValueData: "{cm:BackupFile}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\cpdesk.backup\DefaultIcon"; ValueType: string; ValueData: "{app}\cpdeskw.exe,0"
Root: HKCU; Subkey: "Software\Classes\cpdesk.backup\shell\open\command"; ValueType: string; ValueData: """{app}\cpdeskw.exe"" ""%1"""

[Run]
Filename: "{app}\cpdeskw.exe"; Description: "{cm:OpenNow}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox(CustomMessage('DataStays') + #13#10 + ExpandConstant('{localappdata}\cpdesk'), mbInformation, MB_OK);
end;
