#!/bin/sh
# Adds to an unpacked program what other programs look for: sh src/dist/share.sh PROGRAM MANUAL writes
# PROGRAM/share with manual pages, completions, the unit for systemd, documentation and samples.
# Without the folder MANUAL there are no manual pages.
set -eu
program=$1
manual=$2
source=${0%/*}
top=$source/../..
share=$program/share

mkdir -p "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d"
"$program/bin/prontodb" completion bash >"$share/bash-completion/completions/prontodb"
"$program/bin/prontodb" completion zsh >"$share/zsh/site-functions/_prontodb"
"$program/bin/prontodb" completion fish >"$share/fish/vendor_completions.d/prontodb.fish"

if [ -d "$manual" ]; then cp -R "$manual" "$share/man"; fi

mkdir -p "$share/doc/prontodb" "$share/systemd"
cp "$source/prontodb.service" "$share/systemd/"
cp -R "$top/docs/." "$top/samples" "$share/doc/prontodb/"
# Examples of commands are tests of the program, and not for its users.
rm -rf "$share/doc/prontodb/benchmarks"
