#!/bin/sh
# Prints what the runtime image in target/prontodb is made of, as a table in Markdown, in megabytes of
# 1,000,000 bytes. Another image can be named: bin/size.sh FOLDER.
set -eu
image=${1:-${0%/*}/../target/prontodb}

bytes() { # of the files named, none if there are none
  find "$@" -type f -exec cat {} + 2>/dev/null | wc -c
}

total=$(bytes "$image")
rest=$total
row() { # part, its bytes
  rest=$((rest - $2))
  echo "$1|$2" | awk -F'|' -v total="$total" '{ printf "| %s | %.1f | %.0f %% |\n", $1, $2 / 1e6, 100 * $2 / total }'
}

echo '| part | MB | share |'
echo '|---|---:|---:|'
row 'the JVM, `libjvm.so`' "$(bytes "$image/lib/server")"
row 'the classes of Java and of ProntoDB, compressed, `modules`' "$(bytes "$image/lib/modules")"
row 'the AOT cache of short commands, `short.aot`' "$(bytes "$image/lib/short.aot")"
row 'the AOT cache of bulk commands, `bulk.aot`' "$(bytes "$image/lib/bulk.aot")"
row 'SQLite' "$(bytes "$image"/lib/libsqlitejdbc.*)"
row 'Zstandard' "$(bytes "$image"/lib/libzstd-jni-*)"
if [ -d "$image/native" ]; then row 'the native binary and its libraries, `native`' "$(bytes "$image/native")"; fi
row 'licences' "$(bytes "$image/legal")"
row "the JVM's other libraries, settings, launcher" "$rest"
rest=0
row 'all' "$total"
