@echo off
rem Lets .gradgui files open with the gradgui.exe beside this file, for this user; /remove takes it out again.
setlocal
set "CLASSES=HKCU\Software\Classes"
if /i "%~1"=="/remove" goto remove
reg add "%CLASSES%\.gradgui" /ve /d "gradgui.experiment" /f >nul || exit /b 1
reg add "%CLASSES%\.gradgui" /v "Content Type" /d "application/x-gradgui" /f >nul || exit /b 1
reg add "%CLASSES%\gradgui.experiment" /ve /d "Gradient Playground experiment" /f >nul || exit /b 1
reg add "%CLASSES%\gradgui.experiment\DefaultIcon" /ve /d "\"%~dp0document.ico\"" /f >nul || exit /b 1
reg add "%CLASSES%\gradgui.experiment\shell\open\command" /ve /d "\"%~dp0gradgui.exe\" \"%%1\"" /f >nul || exit /b 1
echo .gradgui files now open with %~dp0gradgui.exe
exit /b 0
:remove
reg delete "%CLASSES%\.gradgui" /f >nul 2>&1
reg delete "%CLASSES%\gradgui.experiment" /f >nul 2>&1
echo .gradgui files are no longer connected with gradgui
