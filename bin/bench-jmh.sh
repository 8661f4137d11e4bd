#!/bin/sh
# Measures the readers, the writers, the staging area and the executor alone, inside one JVM, with
# JMH: what is left when the start and SQLite are taken away. Its progress goes to stderr, its table
# to stdout and to target/bench/jmh.txt. About four minutes for all; a pattern chooses, and JMH's own
# options may follow.
#
#   bin/bench-jmh.sh                        # everything
#   bin/bench-jmh.sh ReaderBenchmark        # the readers
#   bin/bench-jmh.sh Reader -p input=JSONL  # one of them
#   bin/bench-jmh.sh Staging -prof gc       # and what it allocates
#
# Maven must be able to reach its repository the first time.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
mvn -q -B -Dstyle.color=never -P bench test-compile </dev/null >&2
table=$PWD/target/bench/jmh.txt
rm -f "$table"
"$JAVA_HOME/bin/java" -cp "target/bench/classes:target/classes:$(cat target/bench/classpath)" org.openjdk.jmh.Main \
  -f 1 -wi 3 -w 1 -i 5 -r 1 -foe true -jvmArgs '-XX:+UseSerialGC -Xmx1g -Dfile.encoding=UTF-8' \
  -rf text -rff "$table" "$@" >&2
if [ -f "$table" ]; then echo && cat "$table"; fi
