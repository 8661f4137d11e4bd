#!/usr/bin/env bash
# shellcheck disable=SC1091,SC2154 # what src/bench/jobs.sh sets
# Measures ProntoDB beside its peers, in turns: each run of a job measures every contender once, so
# that what else the machine does meets all of them. Prints medians and their ratios to the first
# peer, and writes docs/benchmarks/DATE.md with a picture.
#
#   bin/bench.sh [--quick] [--runs N] [JOB…]
#
# Jobs: src/bench/jobs.sh; `bin/bench.sh --list` names them. A name may be a pattern ('scale-*').
# Without JOB all are measured and earlier results are forgotten; with JOB the page keeps the
# results of the others. --quick takes about a minute on a machine that is otherwise idle: the jobs
# that say most, smaller, beside the first peer alone; a look, whose page is not committed. Data and
# results are kept in target/bench.
# Only sqlite3 is needed; peers that are not installed are left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C

quick=false runs=5 list=false
while [[ ${1-} == -* ]]; do
  case $1 in
    --quick) quick=true runs=3 ;;
    --runs)
      runs=${2-}
      [[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "bench: --runs takes a number, as in --runs 5" >&2 && exit 64; }
      shift
      ;;
    --list) list=true ;;
    *) echo "usage: bin/bench.sh [--quick] [--runs N] [--list] [JOB…]" >&2 && exit 64 ;;
  esac
  shift
done

bench=$PWD/target/bench
data=$bench/data                 # seeded, made once
box=$bench/box                   # what the contenders write
filled=$bench/filled             # databases to load into, made anew by the program that is measured
results=$bench/results           # a file a job
if $quick; then results=$bench/results-quick; fi
clock=/usr/bin/time              # GNU time: CPU and memory
[[ -x $clock ]] || clock=

# The same for every contender: no settings of the user's, no preamble.
export PRONTO_SECURITY=false XDG_CONFIG_HOME=$bench/none
unset PRONTO_ENGINE PRONTO_DB PRONTO_NS_DELIM PRONTO_SESSION PRONTO_APIKEY

say() { echo "bench: $*" >&2; }

has() { command -v "$1" >/dev/null; }

# --- measuring -----------------------------------------------------------------------------------

# A job calls `job`, then `contender` for ProntoDB and each peer, then `measure`.
job() { # name, title, ratio asked or -, unit of a repetition, number of them
  name=$1 title=$2 asked=$3 unit=$4 units=$5
  if $quick; then asked=-; fi # what is asked is asked of the full sizes
  contenders=() resets=() commands=()
}

contender() { # name, what to do before each run (not measured), command
  contenders+=("$1") resets+=("$2") commands+=("$3")
}

# A peer besides the first one; none of them in a quick run.
other() { # name, program, reset, command
  if ! $quick && has "$2"; then contender "$1" "$3" "$4"; fi
}

measure() {
  local run i file=$results/$name.tsv
  : >"$file.new"
  for ((run = 1; run <= runs; run++)); do
    for ((i = 0; i < ${#contenders[@]}; i++)); do
      sh -euc "${resets[i]}" >/dev/null
      sync -f "$box"
      once "${commands[i]}"
      printf '%s\t' "$name" "$title" "$asked" "$unit" "$units" "${contenders[i]}" >>"$file.new"
      printf '%s\t%s\t%s\t%s\t%s\n' "$wall" "$cpu" "$rss" "$commit" "$(busy)" >>"$file.new"
    done
  done
  mv "$file.new" "$file"
  awk -f src/bench/results.awk -f src/bench/page.awk -v part=line "$file"
}

busy() { # how many processes wanted to run of late, on the average
  { cut -d' ' -f1 /proc/loadavg || echo -; } 2>/dev/null
}

once() { # command; sets wall (s), cpu (s), rss (KB)
  local begin end
  begin=${EPOCHREALTIME/./}
  ${clock:+"$clock" -q -f '%U %S %M' -o "$bench/time"} sh -euc "$1" >/dev/null 2>"$bench/stderr" || {
    say "failed: $1" && cat "$bench/stderr" >&2 && exit 1
  }
  end=${EPOCHREALTIME/./}
  wall=$(awk "BEGIN { printf \"%.6f\", ($end - $begin) / 1e6 }") cpu=- rss=-
  if [[ $clock ]]; then
    read -r user system rss <"$bench/time"
    cpu=$(awk "BEGIN { print $user + $system }")
  fi
}

# --- the page ------------------------------------------------------------------------------------

machine() {
  local processor memory
  processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
  memory=$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || :)
  echo "- $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, ${processor:-unknown processor}, ${memory:-unknown} memory"
  echo "- ProntoDB $(prontodb version | head -1 | sed 's/^prontodb //i'); sqlite3 $(sqlite3 --version | cut -d' ' -f1)"
  echo "- \`java Hello\`: $hello_java"
  if has redis-server; then echo "- redis $(redis-server --version | sed 's/.*v=\([^ ]*\).*/\1/'), append-only file, synced each second"; fi
  if has mdb_load; then echo "- LMDB $(mdb_load -V | sed 's/^LMDB \([^:]*\):.*/\1/')"; fi
  if has sqlite-utils; then echo "- sqlite-utils $(sqlite-utils --version | sed 's/.* //')"; fi
  if has mlr; then echo "- Miller $(mlr --version | sed 's/.* //')"; fi
}

page() {
  local base files
  mapfile -t files < <(ordered_results)
  base=docs/benchmarks/$(date -u +%F)
  if $quick; then base+=-quick; fi
  mkdir -p docs/benchmarks
  {
    echo "# Measured on $(date -u +%F)"
    echo
    if $quick; then echo "A quick run: small data and few runs, for a look and not for keeping." && echo; fi
    echo "Written by \`bin/bench.sh\`; what the jobs do exactly stands in \`src/bench/jobs.sh\`. Medians of runs in which the contenders"
    echo "take turns. Process wall time, the start of each program included. Warm: what is read has just been"
    echo "written or read, so it is in the page cache; what a run writes is written back before the next one begins. The"
    echo "ratio is ProntoDB's time over that of the first peer. CPU is user and system time, RSS the peak of the largest process."
    echo
    machine
    echo
    echo "![ratios and curves]($(basename "$base").svg)"
    echo
    awk -f src/bench/results.awk -f src/bench/page.awk -v part=table "${files[@]}"
  } >"$base.md"
  awk -f src/bench/results.awk -f src/bench/chart.awk "${files[@]}" >"$base.svg"
  say "wrote $base.md and $base.svg"
}

ordered_results() { # the files of results in the order of the jobs
  local each
  for each in "${jobs[@]}"; do
    ls -v "$results/$each".tsv "$results/$each"@*.tsv 2>/dev/null || :
  done
}

# --- from here on it happens ---------------------------------------------------------------------

rm -rf "$filled"
mkdir -p "$data" "$results" "$filled"
. src/bench/jobs.sh
if $list; then printf '%s\n' "${jobs[@]}" && exit; fi

has sqlite3 || { say "sqlite3 is the peer of most jobs: install it" && exit 1; }
bin/prontodb version >/dev/null
prontodb() { "$PWD/target/prontodb/bin/prontodb" "$@"; }
export PATH=$PWD/target/prontodb/bin:$PATH
native=
if [[ -x target/prontodb/native/prontodb ]]; then native=yes; fi
commit=$(git rev-parse --short HEAD 2>/dev/null || echo -)

if (($# > 0)); then wanted=("$@"); elif $quick; then wanted=("${quick_jobs[@]}"); else wanted=('*'); fi
for pattern in "${wanted[@]}"; do
  # shellcheck disable=SC2053 # a pattern is what is wanted
  for each in "${jobs[@]}" ''; do if [[ $each == $pattern ]]; then break; fi; done
  if [[ ! $each ]]; then say "no job is named $pattern; bin/bench.sh --list names them" && exit 64; fi
done
trap 'stop_redis; rm -rf "$box" "$filled" "$redis"' EXIT
if (($# == 0)); then rm -f "$results"/*; fi
prepare_hello
for each in "${jobs[@]}"; do
  for pattern in "${wanted[@]}"; do
    # shellcheck disable=SC2053 # a pattern is what is wanted
    if [[ $each == $pattern ]]; then
      rm -rf "$box" && mkdir -p "$box"
      "job_${each//-/_}"
      break
    fi
  done
done
page
