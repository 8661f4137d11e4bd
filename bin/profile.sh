#!/bin/sh
# Shows where a command spends its time: runs it under Flight Recorder, prints the methods of ours
# that were met most, with those of other libraries that they called, and keeps the recording for
# `jfr` or Mission Control. "native" is SQLite, for the most part.
#
#   bin/profile.sh -d /tmp/p.db stream load.pronto
set -eu
bin=$(cd "${0%/*}" && pwd)
. "$bin/jdk.sh"
target=$bin/../target
jar=$target/image/org.prontodb.jar
[ -f "$jar" ] || "$bin/build.sh"
mkdir -p "$target/bench/classes"
"$JAVA_HOME/bin/javac" -cp "$jar" -d "$target/bench/classes" "$bin"/../src/bench/java/org/prontodb/bench/Profile.java
recording=$target/bench/profile.jfr
status=0
"$JAVA_HOME/bin/java" -XX:StartFlightRecording=filename="$recording",settings=profile -Xlog:disable \
  -XX:+UseSerialGC -Xmn8m --enable-native-access=ALL-UNNAMED \
  -Dorg.sqlite.lib.path="$target/prontodb/lib" \
  -Dorg.sqlite.lib.name="$(basename "$target"/prontodb/lib/libsqlitejdbc.*)" \
  -cp "$jar:$target/bench/classes" org.prontodb.bench.Profile "$@" || status=$?
for kind in ExecutionSample NativeMethodSample; do
  "$JAVA_HOME/bin/jfr" print --stack-depth 30 --events "jdk.$kind" "$recording" | awk -v kind=$kind '
    function frame() { sub(/^ +/, ""); sub(/\(.*/, ""); return $0 }
    /stackTrace = \[/ { inside = 1; top = ours = ""; next }
    inside && /^ +\]/ {
      inside = 0
      all++
      count[(ours == "" ? "(elsewhere)" : ours) (top == ours ? "" : "  <-  " top)]++
    }
    inside && /line:/ {
      name = frame()
      if (top == "") top = name
      if (ours == "" && name ~ /^org\.prontodb/) ours = name
    }
    END {
      printf "\n%s, %d samples\n", kind == "ExecutionSample" ? "in Java" : "native", all
      for (each in count) if (count[each] * 100 > all) printf "%5.1f %%  %s\n", count[each] * 100 / all, each | "sort -rn"
    }'
done
echo
echo "recording: $recording"
exit $status
