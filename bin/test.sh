#!/bin/sh
# Everything that CI runs: compiles, checks the format, runs every test, in process and through the
# launcher of the runtime image.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
exec mvn -B "$@" verify
