#!/bin/sh
# Measures how long it takes to cut tables into columns and to decode base64: ours beside Commons
# CSV, Commons Codec and the JDK. Prints a table in Markdown, the medians of nine rounds in turns.
# docs/decisions/0002-own-splitters.md has its figures.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath </dev/null
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmn8m \
  -cp "target/test-classes:target/classes:$(cat target/test.classpath)" \
  org.prontodb.dialect.MeasureSplitters
