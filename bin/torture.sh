#!/bin/sh
# Kills loads with a batch id at random moments and retries each until it succeeds. Then every
# namespace must hold one whole load, the file must be sound, and nothing may be left beside it.
#
#   bin/torture.sh [--seconds N] [--seed N]
set -eu
seconds=60
seed=1
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2 ;;
    --seed) seed=$2 ;;
    *) echo "usage: bin/torture.sh [--seconds N] [--seed N]" >&2; exit 64 ;;
  esac
  shift 2
done
bin=$(cd "${0%/*}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PRONTO_SECURITY=false PRONTO_DB="$folder/torture.db"
"$bin/prontodb" version >&2

# Namespaces alternate, so that each load is several transactions; the last is large.
load() {
  awk -v load="$1" 'BEGIN {
    print "meta:batch=load-" load ";"
    for (n = 0; n < 6; n++) {
      print "meta:path=t.n" n "; meta:replace;"
      for (i = 0; i < (n == 5 ? 40000 : 500); i++)
        printf "key%07d=\"load %d of namespace %d\";\n", (i * 7919) % 40009, load, n
    }
    print "meta:end;"
  }'
}

expected() {
  [ "$1" = 5 ] && echo 40000 || echo 500
}

random=$seed

kills=0
loads=0
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ]; do
  loads=$((loads + 1))
  load "$loads" > "$folder/load.pronto"
  while :; do
    random=$(((random * 1103515245 + 12345) % 2147483648))
    if [ $((random / 65536 % 2)) = 0 ]; then
      "$bin/prontodb" -q stream "$folder/load.pronto" & pid=$!
    else
      (exec "$bin/prontodb" -q stream < "$folder/load.pronto") & pid=$!
    fi
    random=$(((random * 1103515245 + 12345) % 2147483648))
    sleep "0.$(printf %03d $((random / 65536 % 900)))"
    if kill -9 "$pid" 2>/dev/null; then
      kills=$((kills + 1))
    fi
    if wait "$pid" 2>/dev/null; then
      break
    fi
  done
  "$bin/prontodb" check > /dev/null
  for n in 0 1 2 3 4 5; do
    got=$("$bin/prontodb" scan "t.n$n" | cut -f2 | sort | uniq -c | awk '{$1=$1; print}')
    want="$(expected $n) load $loads of namespace $n"
    if [ "$got" != "$want" ]; then
      echo "t.n$n holds \"$got\", not \"$want\"" >&2
      exit 1
    fi
  done
done
left=$(find "$folder" -name '.*' -type f)
if [ -n "$left" ]; then
  echo "left behind: $left" >&2
  exit 1
fi
echo "$loads loads, $kills kills survived"
