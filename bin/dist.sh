#!/bin/sh
# Makes in target/dist, each with its SHA-256 sum:
#   prontodb-VERSION-linux-ARCH.tar.gz   the program, which runs from any folder, without Java
#   prontodb_VERSION_ARCH.deb            the same as a Debian package, where dpkg-deb is there
# They hold the runtime image, the native binary if --native is given, manual pages, completions,
# documentation, samples, the licences of all that is in them and a list of that, the SBOM. Maven must be
# able to reach its repository. Times are those of the last commit, or SOURCE_DATE_EPOCH.
#
#   bin/dist.sh --native     # a release
#   bin/dist.sh              # without the native binary: a start takes longer
#
# bin/try-packages.sh then installs them in a Debian system of their own.
set -eu
cd "${0%/*}/.."
if [ -z "${SOURCE_DATE_EPOCH-}" ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=0
fi
export SOURCE_DATE_EPOCH
native=
case ${1-} in
  --native | --native-quick)
    native=$1
    shift
    ;;
esac
sh bin/build.sh ${native:+"$native"} -Pdist "$@"
. bin/jdk.sh
sh src/dist/man.sh target
size() { # file
  echo "$1: $(($(wc -c <"$1") / 1000000)) MB"
}
archive=$(sh src/image/pack.sh target/prontodb target/bom.json target/dist target/man)
size "$archive"
if command -v dpkg-deb >/dev/null; then
  size "$(sh src/dist/deb.sh "$archive" target/dist)"
else
  echo 'there is no dpkg-deb on this machine: no Debian package was made' >&2
fi
