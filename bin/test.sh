#!/bin/sh
# Compiles, checks the format, and runs every test, in process and through the launcher of the
# runtime image. With --native it then builds the native binary, and runs once more on it what goes
# through the launcher, beside the tests of its C parts. What follows goes to Maven.
set -eu
cd "${0%/*}/.."
native=
if [ "${1-}" = --native ]; then
  native=yes
  shift
fi
. bin/jdk.sh
mvn -B "$@" verify
if [ "$native" ]; then
  sh src/native/build.sh native target "$@"
  if [ -f target/native-work/include/amd64cpufeatures.h ]; then sh src/native/test.sh target/native-work/include; fi
  mvn -B "$@" surefire:test@through-the-launcher
fi
