#!/bin/sh
# Makes target/prontodb/, the runtime image that bin/prontodb runs. The tests are bin/test.sh.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
exec mvn -q -B -Dstyle.color=never -Dmaven.test.skip=true "$@" package </dev/null
