#!/bin/sh
# Writes the manual pages: sh src/dist/man.sh TARGET makes TARGET/man/man1 and man5 from the command
# table and from docs/, out of what a build has left in TARGET. Needs JAVA_HOME. The pages have the
# date of SOURCE_DATE_EPOCH, or of the last commit.
set -eu
target=$(cd "$1" && pwd)
source=$(cd "${0%/*}" && pwd)
top=$source/../..
if [ -z "${SOURCE_DATE_EPOCH-}" ]; then
  SOURCE_DATE_EPOCH=$(git -C "$top" log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=0
fi
classes=$target/manual/classes
# The merged classes of the runtime image: ours and picocli's.
path="$target/image/merged:$target/manual/jars/*"
rm -rf "$classes" "$target/man"
mkdir -p "$classes"
"$JAVA_HOME/bin/javac" -Xlint:all -Xlint:-classfile -Werror -proc:none -cp "$path" -d "$classes" \
  "$source"/java/org/prontodb/cli/*.java
"$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$classes:$path" org.prontodb.cli.ManualPages \
  "$top/docs" "$target/man" "$SOURCE_DATE_EPOCH"
