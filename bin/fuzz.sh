#!/bin/sh
# Fuzzes what reads the input of others, guided by coverage, and says in a table what was tried.
#
#   bin/fuzz.sh [--seconds N] [TARGET…]
#
# N seconds a target, 60 unless said; the targets are the folders of src/test/fuzz, all unless named.
# It begins with the seeds there and with what earlier runs left in target/fuzz. An input that breaks
# a promise is kept in target/fuzz/TARGET/crash-…, and the exit code is 1: mend the fault, and move the
# input to src/test/fuzz/TARGET under a name that says what it shows, for SeedsTest to replay.
# Jazzer comes from Maven Central.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
seconds=60
if [ "${1-}" = --seconds ]; then
  seconds=$2
  shift 2
fi
[ $# -gt 0 ] || set -- $(ls src/test/fuzz)
for target; do
  [ -d "src/test/fuzz/$target" ] || { echo "there is no target $target; there are" $(ls src/test/fuzz) >&2; exit 64; }
done
mkdir -p target/fuzz
mvn -q -B -Pfuzz test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz/classpath </dev/null >&2
# Of its own, so that a build meanwhile does no harm.
rm -rf target/fuzz/classes
mkdir target/fuzz/classes
cp -r target/classes/. target/test-classes/. target/fuzz/classes

rows=
broken=0
for target; do
  folder=target/fuzz/$target
  mkdir -p "$folder/corpus"
  rm -f "$folder"/crash-* "$folder"/timeout-* "$folder"/oom-*
  code=0
  # A heap that no input of this size should fill; the fuzzer's own memory is beside it.
  "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "target/fuzz/classes:$(cat target/fuzz/classpath)" \
    com.code_intelligence.jazzer.Jazzer --target_class=org.prontodb.fuzz.Fuzzer --target_args="$target" \
    --instrumentation_includes='org.prontodb.**:org.apache.commons.compress.archivers.**' --keep_going=20 --reproducer_path="$folder" \
    -artifact_prefix="$folder/" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=0 -print_final_stats=1 \
    "$folder/corpus" "src/test/fuzz/$target" >"$folder/log" 2>&1 || code=$?
  tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log" | tail -n 1)
  tried=${tried:-$(grep -o '^#[0-9]*' "$folder/log" | tail -n 1 | tr -d '#')}
  found=$(ls "$folder" | grep -c -e '^crash-' -e '^timeout-' -e '^oom-') || found=0
  covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$folder/log" | tail -n 1)
  if [ "$found" -gt 0 ] || [ "$code" -ne 0 ]; then
    broken=1
    echo "$target: see $folder/log" >&2
  fi
  rows="$rows| $target | ${tried:-0} | $seconds | ${covered:-0} | $found |
"
done
printf '| target | inputs tried | seconds | branches reached | crashes |\n|---|---:|---:|---:|---:|\n%s' "$rows"
exit $broken
