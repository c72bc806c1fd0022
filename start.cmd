@echo off
rem Opens Interview Coach on Windows: double-click it. The first time it sets up.
setlocal
cd /d "%~dp0"

set "PY="
for %%V in (3.13 3.12 3.11) do if not defined PY (
    py -%%V -c "import venv, ensurepip" >nul 2>nul && set "PY=py -%%V"
)
if not defined PY python -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY (
    echo Interview Coach needs Python 3.11 or later: install it from python.org, then start this again.
    pause
    exit /b 1
)

rem Set up when there is nothing yet, and when what is needed is not what was set up.
set "READY="
if exist .venv\Scripts\python.exe if exist .venv\ready-pyproject.toml if exist .venv\ready-constraints.txt (
    fc /b pyproject.toml .venv\ready-pyproject.toml >nul 2>nul && fc /b constraints.txt .venv\ready-constraints.txt >nul 2>nul && set "READY=1"
)
if not defined READY (
    echo Setting up Interview Coach. This happens once, needs the internet, and takes a few minutes.
    if not exist .venv\Scripts\python.exe %PY% -m venv .venv
    .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
    if errorlevel 1 (
        echo That did not work: is this computer connected to the internet? Start this again when it is.
        pause
        exit /b 1
    )
    copy /y pyproject.toml .venv\ready-pyproject.toml >nul
    copy /y constraints.txt .venv\ready-constraints.txt >nul
)

.venv\Scripts\interview-coach.exe app work %*
if errorlevel 1 (
    echo Interview Coach could not open; the lines above say why.
    pause
    exit /b 1
)
