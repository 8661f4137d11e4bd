#!/bin/sh
# Tells whether the runtime image is that of the sources, after a pull for one. "record FILE" writes into
# FILE what they sum up to, as the build does; "check FILE" compares, and warns if they differ.
set -eu
cd "${0%/*}/../.."
case $2 in
  /*) file=$2 ;;
  *) file=$OLDPWD/$2 ;;
esac
sum=$(find pom.xml grammar src/main src/image src/native -type f 2>/dev/null | LC_ALL=C sort |
  xargs cksum | cksum)
case $1 in
  record) echo "$sum" >"$file" ;;
  check)
    if [ "$sum" = "$(cat "$file")" ]; then
      touch "$file" 2>/dev/null || : # not to be compared again before the next pull
    else
      echo 'prontodb: warning: this is not the program of the sources, which have changed since it was built' >&2
      echo '  hint: run bin/build.sh' >&2
    fi
    ;;
esac
