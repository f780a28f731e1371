@echo off
set VERSION=1.9.0
rem built since 1.9.0-rc.1
echo Building %VERSION%
