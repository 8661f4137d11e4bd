#!/bin/sh
# What docs/decisions/0005-backup-snapshot.md is decided by: SQLite's backup API against VACUUM INTO,
# alone and while somebody writes. Seconds, and MB of the copy, as rows of that page's table.
#
#   bin/measure-snapshot.sh [RECORDS]
set -eu
records=${1:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
db=$folder/source.db

sqlite3 "$db" >/dev/null <<SQL
PRAGMA page_size = 8192;
PRAGMA journal_mode = WAL;
CREATE TABLE ns_a_b(k TEXT NOT NULL PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $records)
  INSERT INTO ns_a_b SELECT printf('key%012d', i), hex(randomblob(50)) FROM n;
SQL

now() { date +%s.%N; }

# One transaction after the other, until the file "stop" is there; prints how many.
write() {
  count=0
  while [ ! -e "$folder/stop" ]; do
    sqlite3 "$db" ".timeout 5000" "UPDATE ns_a_b SET v = 'new' WHERE k = 'key000000000007'"
    count=$((count + 1))
  done
  echo "$count" > "$folder/count"
}

measure() {
  rm -f "$folder"/copy.db* "$folder/stop" "$folder/count"
  echo - > "$folder/count"
  if [ "$2" = yes ]; then write & fi
  start=$(now)
  case $1 in
    backup) sqlite3 "$db" ".timeout 5000" "BEGIN" "SELECT 1 FROM sqlite_schema" ".backup $folder/copy.db" ;;
    vacuum) sqlite3 "$db" ".timeout 5000" "VACUUM INTO '$folder/copy.db'" ;;
  esac > /dev/null
  end=$(now)
  touch "$folder/stop"
  wait
  size=$(stat -c %s "$folder/copy.db")
  awk -v c="$1" -v w="$2" -v s="$start" -v e="$end" -v b="$size" -v n="$(cat "$folder/count")" \
    'BEGIN { printf "| %s | %s | %.2f | %.0f | %s |\n", c, w, e - s, b / 1e6, n }'
}

echo "| copy by | writer | seconds | MB | its commits meanwhile |"
echo "|---|---|---:|---:|---:|"
for round in 1 2 3; do
  for writer in no yes; do
    measure backup $writer
    measure vacuum $writer
  done
done
