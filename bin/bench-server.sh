#!/usr/bin/env bash
# Measures prontodb serve with many clients that write and read, and Redis beside it: requests a second, whether
# anything that was acknowledged is lost, and whether memory stays flat. Loopback only; prints a table in
# Markdown. CLIENTS=200 SECONDS_MIXED=60 SECONDS_EACH=10 bin/bench-server.sh [target/prontodb]
# Needs redis-server and redis-benchmark, and a JDK 25 for the clients. Clients and servers share the processors.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bin/jdk.sh
. bin/server.sh
clients=${CLIENTS:-200}
mixed=${SECONDS_MIXED:-60}
each=${SECONDS_EACH:-10}
program=${1:-target/prontodb}/bin/prontodb

folder=$(mktemp -d)
server= redis=
stop() {
  for process in $server $redis; do kill "$process" 2>/dev/null || :; done
  wait 2>/dev/null || :
  rm -rf "$folder"
}
trap stop EXIT INT TERM
start_server "$program" "$folder"
port=${base##*:}

resident() { awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$server/status"; }

load() { # seconds, put|get|mixed
  "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC src/bench/HttpLoad.java "$port" "$folder/key" "$clients" "$1" "$2"
}

field() { sed -n "s/.*\\b$1=\\([^ ]*\\).*/\\1/p"; }

load 5 mixed >/dev/null # the JVM compiles what it runs often
load "$mixed" mixed >"$folder/mixed" &
work=$!
before=$(resident) most=0 memory=
while kill -0 $work 2>/dev/null; do
  sleep 5
  now=$(resident)
  memory="$memory $now"
  if ((now > most)); then most=$now; fi
done
wait $work
put=$(load "$each" put)
get=$(load "$each" get)

redis_port=$((port > 60000 ? port - 1000 : port + 1000))
redis-server --port $redis_port --bind 127.0.0.1 --dir "$folder" --save '' --appendonly yes \
  --appendfsync everysec >/dev/null &
redis=$!
until redis-cli -p $redis_port ping >/dev/null 2>&1; do sleep 0.1; done
ask_redis() { # set|get, how many requests
  redis-benchmark -h 127.0.0.1 -p $redis_port -c "$clients" -n "$2" -d 24 -r 100000 -t "$1" --csv 2>/dev/null |
    tail -1 | cut -d, -f2 | tr -d '"'
}
ask_redis set 50000 >/dev/null
redis_put=$(ask_redis set 300000)
redis_get=$(ask_redis get 300000)

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }
row() { # name, line of figures, Redis
  local mine
  mine=$(field per_second <<<"$2")
  echo "| $1 | $mine | $(field p50_ms <<<"$2") | $(field p99_ms <<<"$2") | ${3%.*} | $(ratio "$mine" "$3") |"
}
echo "$clients clients on one machine with $(nproc) processors; a value has 24 bytes"
echo
echo '| requests | ProntoDB/s | p50 ms | p99 ms | Redis/s | ratio |'
echo '|---|---:|---:|---:|---:|---:|'
row 'write one record' "$put" "$redis_put"
row 'read one record' "$get" "$redis_get"
echo
echo "Half writes, half reads for $mixed seconds: $(cat "$folder/mixed")"
echo "Resident memory of the server, MB, every 5 seconds: from $before:$memory; most $most"
[ "$(field lost <"$folder/mixed")$(field wrong <"$folder/mixed")$(field lost <<<"$put")" = 000 ]
