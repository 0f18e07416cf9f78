; The installer for Windows, for Inno Setup 6.4 or newer (the first with Swedish among its own languages). Untested.
;
;   iscc /DVersion=0.1.0 /DSource=..\..\dist\anbudsklar /DTarget=..\..\dist installer\windows\anbudsklar.iss
;
; Installs for the user alone, without administrator rights. The vault is in %LOCALAPPDATA%\Anbudsklar and the settings are in
; %APPDATA%\Anbudsklar, apart from the program: updating and uninstalling leave them, unless the question at the end of uninstalling
; is answered with yes.

#ifndef Version
  #error Version is not given
#endif
#ifndef Source
  #define Source "..\..\dist\anbudsklar"
#endif
#ifndef Target
  #define Target "..\..\dist"
#endif

[Setup]
AppId={{7E0B7A2B-6C0E-4C57-9C0B-3D0C0B1F5A57}
AppName=Anbudsklar
AppVersion={#Version}
AppVerName=Anbudsklar {#Version}
AppPublisher=Anbudsklar
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Anbudsklar
DefaultGroupName=Anbudsklar
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Target}
OutputBaseFilename=anbudsklar-{#Version}-windows-x64
SetupIconFile=anbudsklar.ico
UninstallDisplayIcon={app}\Anbudsklar.exe
UninstallDisplayName=Anbudsklar
LicenseFile=..\..\LICENSE
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ShowLanguageDialog=auto
CloseApplications=yes
RestartApplications=no
; The window has it while it is open (app/gui/shell/running.py): neither an update nor an uninstall takes files away from under it.
AppMutex=se.anbudsklar.Anbudsklar
; The certificate is no part of the project: iscc is told of the tool with  "/Ssign=signtool sign ... $f"  and  /DSign. Then the
; installer and the uninstaller are signed by it, too.
#ifdef Sign
SignTool=sign
#endif

[Languages]
Name: "sv"; MessagesFile: "compiler:Languages\Swedish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
sv.FileType=Upphandling i Anbudsklar
en.FileType=Tender of Anbudsklar
sv.NewerInstalled=En nyare version (%1) är redan installerad. En äldre version kan inte öppna det som en nyare har sparat. Avinstallera den nyare först om du ändå vill gå tillbaka.
en.NewerInstalled=A newer version (%1) is installed already. An older version cannot open what a newer one has saved. Uninstall the newer one first to go back all the same.
sv.RemoveVault=Dina upphandlingar, med svar, sekretessbegäran och säkerhetskopior, och dina inställningar ligger kvar på datorn. Ska de också tas bort? Det går inte att ångra.
en.RemoveVault=Your tenders, with answers, secrecy claims and backups, and your settings are still on this computer. Remove them as well? This cannot be undone.
sv.DesktopIcon=Ikon på skrivbordet
en.DesktopIcon=Icon on the desktop
sv.OpenWith=Öppna i Anbudsklar
en.OpenWith=Open in Anbudsklar

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[Files]
#ifdef Sign
Source: "{#Source}\*.exe"; DestDir: "{app}"; Flags: ignoreversion signonce
Source: "{#Source}\*"; Excludes: "\*.exe"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
#else
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
#endif
Source: "tender.ico"; DestDir: "{app}"; Flags: ignoreversion

[InstallDelete]
; What an earlier version had and this one has not would otherwise be loaded beside it.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Anbudsklar"; Filename: "{app}\Anbudsklar.exe"; AppUserModelID: "se.anbudsklar.Anbudsklar"
Name: "{userdesktop}\Anbudsklar"; Filename: "{app}\Anbudsklar.exe"; Tasks: desktopicon; AppUserModelID: "se.anbudsklar.Anbudsklar"

[Registry]
; Its own files open by a double click; documents of a procurement only offer it under "Open with".
Root: HKA; Subkey: "Software\Classes\.anbudsklar"; ValueType: string; ValueData: "Anbudsklar.Tender"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.anbudsklar\OpenWithProgids"; ValueType: string; ValueName: "Anbudsklar.Tender"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Anbudsklar.Tender"; ValueType: string; ValueData: "{cm:FileType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Anbudsklar.Tender\DefaultIcon"; ValueType: string; ValueData: "{app}\tender.ico"
Root: HKA; Subkey: "Software\Classes\Anbudsklar.Tender\shell\open\command"; ValueType: string; ValueData: """{app}\Anbudsklar.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Anbudsklar"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\shell\open\command"; ValueType: string; ValueData: """{app}\Anbudsklar.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".anbudsklar"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".docx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".doc"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".xls"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".odt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".ods"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".rtf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".csv"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Anbudsklar.exe\SupportedTypes"; ValueType: string; ValueName: ".zip"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Directory\shell\Anbudsklar"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\Anbudsklar"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\Anbudsklar.exe"
Root: HKA; Subkey: "Software\Classes\Directory\shell\Anbudsklar\command"; ValueType: string; ValueData: """{app}\Anbudsklar.exe"" ""%1"""

[Run]
Filename: "{app}\Anbudsklar.exe"; Description: "{cm:LaunchProgram,Anbudsklar}"; Flags: nowait postinstall skipifsilent

[Code]
const
  UninstallKey = 'Software\Microsoft\Windows\CurrentVersion\Uninstall\{7E0B7A2B-6C0E-4C57-9C0B-3D0C0B1F5A57}_is1';

function InitializeSetup(): Boolean;
var
  Installed: String;
  Mine, Theirs: Int64;
begin
  Result := True;
  if RegQueryStringValue(HKA, UninstallKey, 'DisplayVersion', Installed) then
    if StrToVersion('{#Version}', Mine) and StrToVersion(Installed, Theirs) then
      if ComparePackedVersion(Theirs, Mine) > 0 then
      begin
        SuppressibleMsgBox(FmtMessage(CustomMessage('NewerInstalled'), [Installed]), mbError, MB_OK, IDOK);
        Result := False;
      end;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Vault: String;
begin
  if CurUninstallStep <> usPostUninstall then
    exit;
  { Nobody is there to answer: the vault is kept, and nothing is waited for. }
  if UninstallSilent then
    exit;
  Vault := ExpandConstant('{localappdata}\Anbudsklar');
  if DirExists(Vault) then
    { Whoever only presses Enter keeps the vault. }
    if SuppressibleMsgBox(CustomMessage('RemoveVault'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2, IDNO) = IDYES then
    begin
      DelTree(Vault, True, True, True);
      DelTree(ExpandConstant('{userappdata}\Anbudsklar'), True, True, True);
    end;
end;
