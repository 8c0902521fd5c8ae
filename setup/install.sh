#!/usr/bin/env bash
# Set up all that is missing on Debian 12: system packages, .venv, pinned Python packages. Run from anywhere; a second run takes a moment.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
stop() { printf 'Không cài đặt được / cannot set up: %s\n' "$*" >&2; exit 1; }

# ---- system packages ---------------------------------------------------------------------------------------------------------------
PACKAGES=(tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd graphviz fonts-croscore fonts-freefont-ttf)
missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${PACKAGES[@]}"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
    done
else
    command -v tesseract >/dev/null && command -v dot >/dev/null || stop "cần tesseract (vie, osd) và graphviz / tesseract (vie, osd) and graphviz are needed"
fi

suitable() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }
PYTHON=""
for candidate in python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null && suitable "$candidate"; then
        PYTHON="$(command -v "$candidate")"
        break
    fi
done
if [ -z "$PYTHON" ]; then
    missing+=(python3 python3-venv)
elif ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    missing+=(python3-venv)
fi

if [ "${#missing[@]}" -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || stop "cần quyền root hoặc sudo để cài / root or sudo is needed to install: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Cài gói hệ thống / installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null </dev/null
    PYTHON="${PYTHON:-$(command -v python3)}"
    suitable "$PYTHON" || stop "cần Python 3.11 trở lên / Python 3.11 or later is needed"
fi

# ---- Python packages ---------------------------------------------------------------------------------------------------------------
stamp="$(cat constraints.txt pyproject.toml setup/install.sh | sha256sum | cut -d' ' -f1) $PWD"
if [ -x .venv/bin/congvan ] && [ "$(cat .venv/.ready 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi
.venv/bin/python -c 'import pip' 2>/dev/null || { say "Tạo .venv / making .venv"; "$PYTHON" -m venv --clear .venv; }
say "Cài gói Python đã ghim phiên bản / installing the pinned Python packages (vài phút / some minutes)"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# tesserocr is a faster way to the same engine, OCRmyPDF makes packages for an archive: where their wheels do not install, the rest works without
installed=""
for extras in fast,submit fast submit ""; do
    if .venv/bin/python -m pip install -qq -c constraints.txt --config-settings editable_mode=compat -e ".[dev,spreadsheets,parquet${extras:+,$extras}]"; then
        installed=yes
        break
    fi
done
[ -n "$installed" ] || stop "pip không cài được các gói trong constraints.txt / pip could not install the packages of constraints.txt"
printf '%s' "$stamp" >.venv/.ready
