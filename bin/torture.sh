#!/bin/sh
# Does to the product what the world does: kills it, and says what was survived in a table.
#
#   bin/torture.sh [--seconds N] [--seed N] [--round N] [--workers N] [KIND…]
#
# The same seed draws the same rounds. A promise that does not hold is told with the round that
# broke it and the folder it worked in, and the exit code is 1. docs/reliability.md says more.
set -eu
bin=$(cd "${0%/*}" && pwd)
command -v python3 >/dev/null || { echo "bin/torture.sh needs python3 (apt-get install python3)" >&2; exit 1; }
"$bin/prontodb" version >&2
PYTHONDONTWRITEBYTECODE=1 exec python3 "$bin/../src/torture/torture.py" "$@"
