#!/bin/sh
# Tests the C parts of the native binary without it: sh src/native/test.sh INCLUDE, with the folder of
# the headers that build.sh has made (TARGET/native-work/include). Prints what fails; silence is success.
set -eu
source=$(cd "${0%/*}" && pwd)
include=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/native"
parts=$scratch/native/parts

# With what finds mistakes in the use of memory and in arithmetic.
gcc -std=gnu17 -O1 -g -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Werror \
  -fsanitize=undefined -fno-sanitize-recover=undefined \
  -I"$include" -I"$source/c/include" -I"$source/c" -o "$parts" "$source/test/parts.c" \
  "$source"/c/cpu.c "$source"/c/process.c "$source"/c/signals.c "$source"/c/locale.c "$source"/c/timezone.c \
  "$source"/c/start.c "$source"/c/unimplemented.c -lpthread

failed=0
wrong() {
  echo "src/native/test.sh: $1" >&2
  failed=1
}
for test in time_zone locales signals cpu processes failed_writes; do
  mkdir "$scratch/$test"
  (cd "$scratch/$test" && "$parts" "$test") || wrong "$test fails"
done
LC_ALL=tr_TR "$parts" utf8 || wrong 'utf8 fails'
"$parts" closed_streams <&- >&- || wrong 'closed_streams fails'

# A function that is not there says so, and how to go on.
if said=$("$parts" unimplemented 2>&1); then wrong 'unimplemented ends with 0'; fi
case $said in
  *JVM_DoesNotExist*PRONTO_ENGINE=jvm*) ;;
  *) wrong "unimplemented says: $said" ;;
esac

# On an older processor the JVM image runs, with the same words, or is told to be missing.
cat >"$scratch/bin/prontodb" <<'END'
#!/bin/sh
printf '%s|' "$PRONTO_ENGINE" "$@"
END
if said=$("$parts" old_cpu 2>&1); then wrong 'a missing JVM image ends with 0'; fi
case $said in
  *AVX10_2*'JVM image'*'bin/build.sh --native'*) ;;
  *) wrong "a missing JVM image is told as: $said" ;;
esac
chmod +x "$scratch/bin/prontodb"
said=$("$parts" old_cpu 'a b' '' 2>"$scratch/warning") || wrong 'the JVM image is not run'
[ "$said" = 'jvm|old_cpu|a b||' ] || wrong "the JVM image gets: $said"
said=$(ulimit -v 4000000 && "$parts" cpu) || wrong 'the JVM image is not run where address space is short'
[ "$said" = 'jvm|cpu|' ] || wrong "where address space is short, the JVM image gets: $said"
grep -q 'warning: this processor has no AVX10_2' "$scratch/warning" || wrong "no warning: $(cat "$scratch/warning")"
exit $failed
