#!/bin/sh
# Compares tables of tens of megabytes with what other programs make of them, byte for byte: Python's csv
# module, sqlite3 and mlr, as far as they are installed. Then measures reading beside mlr.
# bin/compare-tables.sh [ROWS], 500000 rows (some 35 MB) unless it is said. Needs bin/build.sh first.
set -eu
cd "${0%/*}/.."
rows=${1:-500000}
prontodb=$PWD/bin/prontodb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
HOME=$work
export HOME
failed=0

has() { command -v "$1" >/dev/null; }

same() { # what, file, file
  if cmp -s "$2" "$3"; then echo "same      $1"; else
    echo "DIFFERENT $1"
    failed=1
  fi
}

python3 - "$rows" <<'PYTHON'
import csv, random, sys
random.seed(7)
cities = ['Berlin', 'Paris', 'New York, NY', 'S\u00e3o Paulo', '\u6771\u4eac', '']
notes = ['a plain note of some length', 'said "hi"', 'two\nlines', 'semi;colon', 'tab\there', 'back\\slash', "it's"]
def table(name, dialect, end):
    with open(name, 'w', newline='', encoding='utf-8') as f:
        w = csv.writer(f, lineterminator=end, **dialect)
        w.writerow(['id', 'name', 'city', 'note', 'price'])
        r = random.Random(7)
        for i in range(int(sys.argv[1])):
            w.writerow([f'k{i:08d}', f'N\u00e4me {i}' if i % 3 == 0 else f'Name {i}', r.choice(cities),
                        r.choice(notes), f'{r.random() * 100:.2f}'])
table('wide.csv', {}, '\n')
table('excel.csv', {'delimiter': ';'}, '\r\n')
PYTHON
ls -l wide.csv excel.csv | awk '{ print $5, "bytes", $NF }'

# In and out again: the fast reader, Excel's form, other encodings.
columns=/name,/city,/note,/price
"$prontodb" -q import t.csv wide.csv --key id --value :json
"$prontodb" export t.csv --to csv --key id --columns $columns >out.csv
same 'csv in and out' wide.csv out.csv
"$prontodb" -q import t.excel excel.csv --from excel --separator ';' --key id --value :json
"$prontodb" export t.excel --to excel --separator ';' --key id --columns $columns >out.excel.csv
same 'excel in and out' excel.csv out.excel.csv
"$prontodb" scan t.csv >a.scan
"$prontodb" scan t.excel >b.scan
same 'the fast reader and Commons CSV read the same' a.scan b.scan
"$prontodb" export t.csv --to csv --key id --columns $columns --encoding utf-16le -o utf16.csv 2>/dev/null
python3 -c "
import sys
sys.stdout.reconfigure(newline='')
for line in open('utf16.csv', encoding='utf-16le', newline=''): sys.stdout.write(line)" >utf8.csv
same 'utf-16 as Python decodes it' wide.csv utf8.csv
"$prontodb" -q import t.utf16 utf16.csv --encoding utf-16le --key id --value :json
"$prontodb" scan t.utf16 >b.scan
same 'utf-16 in' a.scan b.scan

# What Python reads and writes.
for format in mysql postgresql-text postgresql-csv mongodb-csv; do
  "$prontodb" export t.csv --to $format --key id --columns $columns -o out.$format 2>/dev/null
  "$prontodb" -q import t.again out.$format --from $format --key id --value :json --replace
  "$prontodb" scan t.again >b.scan
  same "$format out and in" a.scan b.scan
done
python3 - <<'PYTHON'
import csv, json
csv.field_size_limit(1 << 30)
with open('excel.csv', newline='', encoding='utf-8') as f, open('python.jsonl', 'w', encoding='utf-8') as out:
    for row in csv.DictReader(f, delimiter=';'):
        key = row.pop('id')
        v = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
        out.write(json.dumps({'k': key, 'v': v}, ensure_ascii=False, separators=(',', ':')) + '\n')
PYTHON
"$prontodb" export t.excel --to jsonl >out.jsonl
same "what Python's csv module reads" python.jsonl out.jsonl

if has sqlite3; then
  sqlite3 s.db '.mode csv' '.import wide.csv t' '.headers on' '.once sqlite.csv' 'SELECT * FROM t ORDER BY id'
  "$prontodb" -q import t.sqlite sqlite.csv --from excel --key id --value :json
  "$prontodb" scan t.sqlite >b.scan
  same 'what sqlite3 writes' a.scan b.scan
fi
if has mlr; then
  mlr --icsv --ojson cat wide.csv >mlr.json
  "$prontodb" -q import t.mlr mlr.json --key id --value name,city,note --replace
  "$prontodb" -q import t.fields wide.csv --key id --value name,city,note
  "$prontodb" scan t.mlr >a2.scan
  "$prontodb" scan t.fields >b2.scan
  same "what mlr's JSON array reads to" a2.scan b2.scan

  # Wall time, the median of five; convert, so that no database is in it.
  median() {
    for _ in 1 2 3 4 5; do
      python3 -c '
import subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print("%.2f" % (time.monotonic() - start))' "$@"
    done | sort -n | sed -n 3p
  }
  echo "seconds, median of 5, $rows rows:"
  echo "  $(median mlr --icsv --ocsv cat wide.csv)  mlr --icsv --ocsv cat"
  echo "  $(median mlr --icsv --ojson cat wide.csv)  mlr --icsv --ojson cat"
  echo "  $(median "$prontodb" convert --from csv --to csv --key id --value :json wide.csv)  csv, the fast reader"
  echo "  $(median "$prontodb" convert --from excel --to csv --separator ';' --key id --value :json excel.csv)  excel, Commons CSV"
  echo "  $(median "$prontodb" convert --from mysql --to csv --key id --value :json --header out.mysql)  mysql, Commons CSV"
fi
exit $failed
