#!/usr/bin/env bash
# What the browser tests need beyond the product: Debian's chromium, and playwright with axe-core in .venv, whose node needs libatomic.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
for package in chromium fonts-noto-core libatomic1; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    printf 'Cài gói hệ thống / installing: %s\n' "${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null </dev/null
fi
.venv/bin/python -c 'import axe_playwright_python, playwright' 2>/dev/null ||
    .venv/bin/python -m pip install -qq -c constraints.txt 'axe-playwright-python>=0.1.5' 'playwright>=1.45'
