#!/bin/sh
# Makes target/prontodb/, the runtime image that bin/prontodb runs. The tests are bin/test.sh.
# With --native also the native binary, which starts in a sixth of the time, in five minutes or so;
# with --native-quick one that is built sooner and runs slower. What follows goes to Maven.
set -eu
cd "${0%/*}/.."
native=
case ${1-} in
  --native | --native-quick)
    native=${1#--}
    shift
    ;;
esac
. bin/jdk.sh
mvn -q -B -Dstyle.color=never -Dmaven.test.skip=true "$@" package </dev/null
if [ "$native" ]; then sh src/native/build.sh "$native" target "$@"; fi
