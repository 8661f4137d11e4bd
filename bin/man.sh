#!/bin/sh
# Makes the manual pages in target/man, after bin/build.sh: man -M target/man prontodb-import
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
if [ ! -d target/image/merged ]; then sh bin/build.sh; fi
sh src/dist/man.sh target
