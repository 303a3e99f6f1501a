# Builds the Windows installer on a Windows machine (CI): Python 3.11 and NSIS 3 must be there.
#   powershell -File build\installer\windows\build.ps1 -Out DIR
param([string]$Out = "dist-windows")
$ErrorActionPreference = "Stop"
$project = (Resolve-Path "$PSScriptRoot\..\..\..").Path
$venv = Join-Path $Out "venv"
py -3.11 -m venv $venv
$python = Join-Path $venv "Scripts\python.exe"
& $python -m pip install --disable-pip-version-check --require-hashes -r "$project\build\requirements\package.txt"
if ($LASTEXITCODE) { throw "The locked requirements could not be installed." }
& $python -m PyInstaller -y --distpath $Out --workpath (Join-Path $Out "work") "$project\build\installer\fieldapp.spec"
if ($LASTEXITCODE) { throw "PyInstaller failed." }
$version = (Select-String -Path "$project\fieldapp\__init__.py" -Pattern '__version__ = "(.+)"').Matches[0].Groups[1].Value
& makensis -V2 -WX "-DVERSION=$version" "-DPAYLOAD=$Out\fieldapp" "-DOUT=$Out\FieldApp-$version.exe" "$project\build\installer\windows\fieldapp.nsi"
if ($LASTEXITCODE) { throw "makensis failed." }
Write-Output "$Out\FieldApp-$version.exe"
