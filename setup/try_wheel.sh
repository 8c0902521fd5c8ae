#!/usr/bin/env bash
# What `pip install .` gives, tried outside the checkout: a wheel of the tracked files, in an environment of its own that borrows the other
# packages from .venv. Takes seconds; nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

mkdir "$work/source" "$work/away"
git ls-files -z models rules pipeline pyproject.toml README.md LICENSE | xargs -0 cp --parents -t "$work/source"
.venv/bin/python -m pip wheel -qq --no-deps --no-build-isolation -w "$work" "$work/source"
.venv/bin/python -m venv --without-pip "$work/venv"
.venv/bin/python -m pip --python "$work/venv/bin/python" install -qq --no-deps "$work"/congvan-*.whl
borrowed="$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo "$borrowed" >"$("$work/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth"

cd "$work/away"
export CONGVAN_ARCHIVE="$work/away/kho" CONGVAN_LOG="$work/away/congvan.log" PYTHONUTF8=1
congvan="$work/venv/bin/congvan"
"$work/venv/bin/python" - "$root" <<'PYTHON'
import sys
from importlib.resources import files
from pathlib import Path

import models, pipeline, rules

root = Path(sys.argv[1])
for package in (models, pipeline, rules):
    here = Path(package.__file__).parent
    assert not here.is_relative_to(root), f"{here} is the checkout's"
from pipeline.desk.app import STATIC

assert (STATIC / "desk.css").is_file(), "the desk's pages are not in the wheel"
PYTHON
"$congvan" --help >/dev/null
"$congvan" init --office "Ủy ban nhân dân tỉnh Nghệ An" >/dev/null
"$congvan" ingest "$root/samples/letters/invented-telegram.pdf" "$root/samples/letters/invented-ha-tinh-report.tif" >/dev/null
"$congvan" search "907" --json | grep -q '"907/CĐ-TTg"'
"$congvan" register --book incoming --format xlsx -o register.xlsx >/dev/null
"$congvan" export --format parquet -o letters.parquet >/dev/null
"$congvan" verify >/dev/null
echo "pip install .: congvan đã chạy ngoài thư mục mã nguồn / congvan works outside the checkout"
