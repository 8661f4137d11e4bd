#!/bin/sh
# Plays random sequences of commands, and compares every answer with that of a plain model in memory
# and, every 25 steps, the file with what the sqlite3 shell finds in it. Stops at the first
# difference and shows the commands that led to it.
#
#   bin/differential.sh [--seconds N] [--seed N] [--launcher PROGRAM]
#
# A seed is 250 steps; the same seed, the same steps. With a launcher, such as "$PWD/bin/prontodb", each
# command is a process of its own, whose time faketime sets; else all run in one, which is faster.
set -eu
seconds=60
seed=1
launcher=
while [ $# -gt 1 ]; do
  case $1 in
    --seconds) seconds=$2 ;;
    --seed) seed=$2 ;;
    --launcher) launcher=$2 ;;
    *) break ;;
  esac
  shift 2
done
[ $# = 0 ] || { echo "usage: bin/differential.sh [--seconds N] [--seed N] [--launcher PROGRAM]" >&2; exit 64; }
cd "${0%/*}/.."
. bin/jdk.sh
exec mvn -B -q test -Dtest=DifferentialTest -Ddifferential.seconds="$seconds" -Ddifferential.seed="$seed" \
  ${launcher:+-Ddifferential.launcher="$launcher"}
