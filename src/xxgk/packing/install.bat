@echo off
rem 不联网安装 xxgk，只装给当前用户，不需要管理员权限。再运行一次就是更新。
setlocal

set "PYTHON=py -3"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && goto found
set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && goto found
echo 没有找到可用的 Python：需要 64 位的 Python 3.11 或更新的版本。
echo 装不了的话，请改用免安装的程序。
pause
exit /b 1

:found
set "INSTALL=%PYTHON% -m pip install --user --upgrade --quiet --disable-pip-version-check --no-warn-script-location --no-index"
rem 有的系统没有生成、读取 PDF 的部件，那就不带它们。
%INSTALL% --find-links "%~dp0wheels" "xxgk[pdf,import]" 2>nul || %INSTALL% --find-links "%~dp0wheels" xxgk
if errorlevel 1 (
    echo 没有装成。请把上面的英文发给信息技术人员。
    pause
    exit /b 1
)

%PYTHON% -m xxgk setup
echo.
%PYTHON% -m xxgk doctor
echo.
for /f "delims=" %%s in ('%PYTHON% -c "import sysconfig; print(sysconfig.get_path('scripts', 'nt_user'))"') do echo 打开窗口：双击 %%s\xxgkw.exe，可以右键它，发送到桌面快捷方式。
echo 装好了。在命令窗口里输入 %PYTHON% -m xxgk 就能用。
pause
