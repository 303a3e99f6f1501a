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
$list = "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from sync.installation import write_list; write_list(Path(sys.argv[2]))"
& $python -c $list $project "$Out\fieldapp\inside"
if ($LASTEXITCODE) { throw "The list of what belongs to an installation could not be written." }
$version = (Select-String -Path "$project\fieldapp\__init__.py" -Pattern '__version__ = "(.+)"').Matches[0].Groups[1].Value
& makensis -V2 -WX "-DVERSION=$version" "-DPAYLOAD=$Out\fieldapp" "-DOUT=$Out\FieldApp-$version.exe" "$project\build\installer\windows\fieldapp.nsi"
if ($LASTEXITCODE) { throw "makensis failed." }
Write-Output "$Out\FieldApp-$version.exe"
