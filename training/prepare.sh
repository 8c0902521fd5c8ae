#!/usr/bin/env bash
# Set up what training the readers of digits and of lines needs: Debian's handwriting and print faces where apt is at hand, and .venv-train.
set -euo pipefail
cd "$(dirname "$0")/.."

stop() { printf 'Không chuẩn bị được / cannot prepare training: %s\n' "$*" >&2; exit 1; }

FACES=(
    fonts-bwht fonts-ecolier-court fonts-kaushanscript fonts-rufscript fonts-sjfonts fonts-tomsontalks fonts-humor-sans fonts-klee
    fonts-seto fonts-kiloji fonts-yozvox-yozfont-edu fonts-yozvox-yozfont-cute fonts-comic-neue fonts-isabella fonts-kristi
    fonts-gfs-gazis fonts-femkeklaver fonts-leckerli-one fonts-dancingscript fonts-breip fonts-dkg-handwriting
    fonts-croscore fonts-freefont-ttf fonts-gnutypewriter fonts-ocr-b fonts-jura
)
# the faces of lines and of name stamps: the last column of the tables; of a package as large as WHOLE only the faces that are named
WHOLE=texlive-fonts-extra
mapfile -t printed < <({ tail -n +2 training/lines/fonts.tsv | cut -f8; tail -n +2 training/lines/scripts.tsv | cut -f5; } | sort -u | grep -vx "$WHOLE")
FACES+=("${printed[@]}")
missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${FACES[@]}"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
    done
else
    printf 'Không có apt: dùng phông chữ đã có / no apt: training takes the faces that are installed, or those under CONGVAN_FONTS\n'
fi
if [ "${#missing[@]}" -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || stop "cần quyền root hoặc sudo để cài / root or sudo is needed to install: ${missing[*]}"
        as_root=(sudo)
    fi
    printf 'Cài phông chữ / installing faces: %s\n' "${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null </dev/null
fi

mapfile -t named < <(awk -F'\t' -v whole="$WHOLE" '$5 == whole { print "*/" $1 }' training/lines/scripts.tsv | sort -u)
if command -v apt-get >/dev/null && [ ! -e ".work/faces/$(basename "${named[0]}")" ]; then
    printf 'Lấy phông chữ từ / taking faces from %s\n' "$WHOLE"
    mkdir -p .work/faces
    held="$(mktemp -d)"
    if (cd "$held" && apt-get download -qq "$WHOLE" 2>/dev/null && dpkg-deb --fsys-tarfile "$WHOLE"_*.deb | tar -x --wildcards "${named[@]}"); then
        find "$held" -type f \( -name '*.otf' -o -name '*.ttf' \) -exec cp {} .work/faces/ \;
    else
        printf 'Không lấy được / could not take them: %s\n' "$WHOLE"
    fi
    rm -rf "$held"
fi

suitable() { "$1" -c 'import sys, ensurepip, venv; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }
PYTHON=""
for candidate in python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null && suitable "$candidate"; then
        PYTHON="$(command -v "$candidate")"
        break
    fi
done
[ -n "$PYTHON" ] || stop "cần Python 3.11 trở lên có venv / Python 3.11 or later with venv is needed"

stamp="$(cat constraints.txt pyproject.toml training/requirements.txt | sha256sum | cut -d' ' -f1) $PWD"
if [ -x .venv-train/bin/python ] && [ "$(cat .venv-train/.ready 2>/dev/null || true)" = "$stamp" ]; then
    exit 0
fi
printf 'Tạo .venv-train / making .venv-train (vài phút / some minutes)\n'
"$PYTHON" -m venv --clear .venv-train
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
.venv-train/bin/python -m pip install -qq -c constraints.txt --config-settings editable_mode=compat -e . -r training/requirements.txt ||
    stop "pip không cài được các gói / pip could not install constraints.txt and training/requirements.txt"
printf '%s' "$stamp" >.venv-train/.ready
