#!/usr/bin/env bash
# What the browser tests need beyond the product: Debian's chromium, and playwright with axe-core in .venv. Without root only the first is told.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v chromium >/dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null </dev/null
fi
.venv/bin/python -c 'import axe_playwright_python, playwright' 2>/dev/null || .venv/bin/python -m pip install -qq -c constraints.txt 'axe-playwright-python>=0.1.5' 'playwright>=1.45'
