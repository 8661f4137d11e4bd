#!/bin/sh
# Measures how a namespace is best laid out: a table WITHOUT ROWID, or one with row ids and an index
# over the keys; and with which page size. Prints a table in Markdown, seconds but for the size.
# Needs sqlite3 and some space in TMPDIR. SCALE=10 makes it ten times smaller.
set -eu

scale=${SCALE:-1}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
rows_file=$folder/rows.db

# The same rows for every layout: rows(i, k, v) by key, and the same keys in a random order.
make_rows() { # bytes of a value, number of rows
  rm -f "$rows_file"
  sqlite3 "$rows_file" >/dev/null <<SQL
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;
CREATE TABLE noise(b BLOB); INSERT INTO noise VALUES (randomblob($1 + 4096));
CREATE TABLE rows(i INTEGER PRIMARY KEY, k TEXT, v BLOB);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
INSERT INTO rows SELECT i, printf('key%09d', i), CAST(substr(b, 1 + i % 4096, $1) AS BLOB) FROM n, noise;
CREATE TABLE shuffled(k TEXT, v BLOB);
INSERT INTO shuffled SELECT k, v FROM rows ORDER BY random();
CREATE TABLE wanted(k TEXT);
INSERT INTO wanted SELECT k FROM rows ORDER BY random() LIMIT 50000;
SQL
}

seconds() { # the real time of the last timed statement
  sed -n 's/^Run Time: real \([0-9.]*\).*/\1/p' | tail -1
}

load() { # layout, page size, source
  rm -f "$folder"/t.db*
  case $1 in
    rowid) table='CREATE TABLE t(k TEXT UNIQUE, v BLOB NOT NULL)' ;;
    without) table='CREATE TABLE t(k TEXT PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID' ;;
  esac
  sqlite3 "$folder/t.db" <<SQL | seconds
PRAGMA page_size=$2; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
$table;
ATTACH '$rows_file' AS s;
BEGIN;
.timer on
INSERT INTO t SELECT k, v FROM s.$3 WHERE true ON CONFLICT(k) DO UPDATE SET v = excluded.v WHERE v IS NOT excluded.v;
.timer off
COMMIT;
SQL
}

query() { # a statement over the loaded table
  printf "ATTACH '%s' AS s;\n.timer on\n%s;\n" "$rows_file" "$1" | sqlite3 "$folder/t.db" | seconds
}

echo '| value bytes | rows | layout | page | ordered load | random load | 50,000 point reads | scan | MB |'
echo '|---:|---:|---|---:|---:|---:|---:|---:|---:|'
for work in '20 300000' '100 300000' '1000 100000' '4000 30000' '100000 2000'; do
  bytes=${work% *}
  rows=$((${work#* } / scale))
  make_rows "$bytes" "$rows"
  for page in 4096 8192 16384; do
    for layout in without rowid; do
      random=$(load $layout $page shuffled)
      ordered=$(load $layout $page rows)
      reads=$(query 'SELECT sum(hex(v) > 0) FROM s.wanted w CROSS JOIN t ON t.k = w.k')
      scan=$(query 'SELECT max(v) FROM t')
      size=$(($(stat -c %s "$folder/t.db") / 1000000))
      echo "| $bytes | $rows | $layout | $page | $ordered | $random | $reads | $scan | $size |"
    done
  done
done
