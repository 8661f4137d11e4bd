#!/bin/sh
# Makes target/dist/prontodb-VERSION-linux-ARCH.tar.gz, with its checksum: the runtime image with the
# licences of all that is in it and a list of that, the SBOM. Maven must be able to reach its repository.
# With --native as the first word, the native binary is in it. Times in the archive are those of the last
# commit, or SOURCE_DATE_EPOCH.
set -eu
cd "${0%/*}/.."
if [ -z "${SOURCE_DATE_EPOCH-}" ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=0
fi
export SOURCE_DATE_EPOCH
native=
if [ "${1-}" = --native ]; then
  native=$1
  shift
fi
sh bin/build.sh ${native:+"$native"} -Pdist "$@"
archive=$(sh src/image/pack.sh target/prontodb target/bom.json target/dist)
echo "$archive: $(($(wc -c <"$archive") / 1000000)) MB"
