#!/bin/sh
# Measures caches; prints two tables in Markdown, medians of wall time with the start of the program.
#
#   bin/bench-cache.sh [SIZE…]      how many records are held; unless said 1000 100000 1000000
#
# The first table loads one stream into a plain namespace and into a cache with max_items=100000,
# each in a new database. The second shows what one record costs in a full cache as it grows, its keys
# in random order: to fill it; to add records, each of which evicts the oldest, in transactions of 500
# and one by one; to purge what has expired. It tells processor time, which other work on the machine
# disturbs less. A record's share is the time beyond that of the same command with nothing to do, which
# is the start of the program; "one set" is all of its time.
# RUNS=5 takes more runs, RECORDS=100000 a shorter stream. 10000000 needs 3 GB in TMPDIR and some minutes.
set -eu
bin=$(cd "${0%/*}" && pwd)
runs=${RUNS:-3}
records=${RECORDS:-1000000}
[ $# -gt 0 ] || set -- 1000 100000 1000000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
export PRONTO_SECURITY=false PRONTO_DB="$folder/bench.db"
unset PRONTO_NS_DELIM
"$bin/prontodb" version >"$folder/version"
prontodb="$bin/../target/prontodb/bin/prontodb"

median() { # of the numbers on stdin
  sort -n | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }'
}

seconds() { # of a command, whose output is dropped
  begin=$(date +%s%N)
  "$@" >/dev/null 2>&1 || { echo "failed: $*" >&2; exit 1; }
  echo "$begin $(date +%s%N)" | awk '{ printf "%.3f\n", ($2 - $1) / 1e9 }'
}

processor() { # as seconds: what the command's process used, in user and kernel mode
  { "$@" >/dev/null 2>&1 && times || echo failed; } | awk '
    $1 == "failed" { exit 1 }
    NR == 2 { gsub(/[ms]/, " "); printf "%.3f\n", 60 * ($1 + $3) + $2 + $4 }' ||
    { echo "failed: $*" >&2; exit 1; }
}

ratio() {
  awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# Different keys in random order: the multiplier is odd, so that no two numbers below 2^32 meet.
scattered() { # from, how many
  awk -v from="$1" -v n="$2" 'BEGIN {
    for (i = from; i < from + n; i++) printf "k%08x=value %d;\n", (i * 765432103) % 4294967296, i
  }'
}

load() { # kind
  rm -f "$PRONTO_DB" "$PRONTO_DB"-*
  if [ "$1" = cache ]; then
    "$prontodb" admin create-cache b.cache 'timeout=3600; max_items=100000'
  fi
  seconds "$prontodb" -p b -n "$1" stream -q "$folder/$2.txt"
}

awk -v n="$records" 'BEGIN {
  for (i = 0; i < n; i++) printf "key%09d=value %d %08x;\n", i, i, (i * 2654435761) % 4294967296
}' >"$folder/ordered.txt"
scattered 0 "$records" >"$folder/random.txt"
echo "| $records records, keys | plain s | cache s | ratio |"
echo '|---|---:|---:|---:|'
for order in ordered random; do
  : >"$folder/plain"
  : >"$folder/cache"
  i=0
  while [ $i -lt "$runs" ]; do
    load plain $order >>"$folder/plain"
    load cache $order >>"$folder/cache"
    i=$((i + 1))
  done
  plain=$(median <"$folder/plain")
  cache=$(median <"$folder/cache")
  echo "| $order | $plain | $cache | $(ratio "$cache" "$plain") |"
done

# The share of one record in µs: of the seconds on stdin, beyond those of the start.
share() { # seconds of the start, how many records
  median | awk -v start="$1" -v n="$2" '{ us = ($1 - start) * 1e6 / n; printf "%.1f", us }'
}

nothing() { # the command's words, its input empty
  : >"$folder/nothing.txt"
  i=0
  while [ $i -lt 5 ]; do
    processor "$@"
    i=$((i + 1))
  done | median
}

steady=20000
echo
echo '| records held | fill, µs a record | 500 a transaction, µs a record | one set, ms | purge, µs a record |'
echo '|---:|---:|---:|---:|---:|'
for size in "$@"; do
  rm -f "$PRONTO_DB" "$PRONTO_DB"-*
  "$prontodb" admin create-cache b.cache "timeout=86400; max_items=$size"
  loading=$(nothing "$prontodb" -p b -n cache stream -q --commit-every 500 "$folder/nothing.txt")
  purging=$(nothing "$prontodb" admin purge b.cache)
  scattered 0 "$size" >"$folder/held.txt"
  filling=$(processor "$prontodb" -p b -n cache stream -q "$folder/held.txt" | share "$loading" "$size")
  rm "$folder/held.txt"
  : >"$folder/set"
  : >"$folder/steady"
  : >"$folder/purge"
  next=$size
  i=0
  while [ $i -lt "$runs" ]; do
    scattered "$next" $steady >"$folder/steady.txt"
    next=$((next + steady))
    processor "$prontodb" -p b -n cache stream -q --commit-every 500 "$folder/steady.txt" \
      >>"$folder/steady"
    for key in a b c; do
      processor "$prontodb" set "b.cache.$key$i" value >>"$folder/set"
    done
    i=$((i + 1))
  done
  "$prontodb" admin set-cache b.cache max_items=0
  i=0
  while [ $i -lt "$runs" ]; do
    { echo 'meta:ttl=1;'; scattered "$next" $steady; } >"$folder/brief.txt"
    next=$((next + steady))
    "$prontodb" -p b -n cache stream -q "$folder/brief.txt"
    sleep 1.1
    processor "$prontodb" admin purge b.cache >>"$folder/purge"
    i=$((i + 1))
  done
  set_ms=$(median <"$folder/set" | awk '{ print $1 * 1000 }')
  echo "| $size | $filling | $(share "$loading" $steady <"$folder/steady") | $set_ms |" \
    "$(share "$purging" $steady <"$folder/purge") |"
done
