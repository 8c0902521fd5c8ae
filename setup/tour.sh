#!/usr/bin/env bash
# What `make run` shows: the samples taken in, the register, a search and a trace.
set -euo pipefail
cd "$(dirname "$0")/.."
congvan=.venv/bin/congvan
export CONGVAN_ARCHIVE="${CONGVAN_ARCHIVE:-.work/archive}"

show() {
    local typed="" word
    for word in "$@"; do case "$word" in *" "*) typed+=" \"$word\"" ;; *) typed+=" $word" ;; esac; done
    printf "\n\033[1m$ congvan%s\033[0m\n" "$typed"
    "$congvan" "$@"
}

show init --office "Ủy ban nhân dân tỉnh Nghệ An"
show ingest samples/letters
show register --book incoming
show register --book outgoing
show search "36 qd ttg"
show trace "36/QĐ-TTg"
printf '\nKho / archive: %s\n' "$CONGVAN_ARCHIVE"
