# The jobs of bin/bench.sh, which sources this: what is measured, beside what, on which data.
# shellcheck shell=bash disable=SC2154,SC2034,SC2016 # variables shared with bench.sh; programs of awk

# In the order of the page. A name with an @ in its results is a point of a curve.
jobs=(get set help stream-1k stream-10k stream-100k stream-file stream-pipe stream-random stream-10m stream-10m-random stream-non-ascii
  stream-1kb stream-100kb stream-10mb rerun into-append into-overwrite into-interleaved
  export import convert get-many scale-records scale-values scale-namespaces scale-database
  peers cache server)

quick_jobs=(get set help stream-1k stream-10k stream-100k stream-file stream-pipe stream-random rerun export import get-many
  scale-namespaces scale-database)

n=1000000
if $quick; then n=200000; fi

# --- data: made once, by seeded generators -------------------------------------------------------

# Each answers the name of a file, which it makes where it is missing.
rows() { # number, kind, bytes of a value: tab-separated, ordered by key
  local file=$data/rows-$1-$2-$3.tsv
  if [[ ! -f $file ]]; then
    say "making $1 rows: $2, $3 bytes"
    awk -v rows="$1" -v kind="$2" -v bytes="$3" -f src/bench/rows.awk >"$file.new"
    mv "$file.new" "$file"
  fi
  echo "$file"
}

shuffled() { # rows
  local file=${1%.tsv}-shuffled.tsv
  if [[ ! -f $file ]]; then
    awk 'BEGIN { x = 42 } { x = x * 16807 % 2147483647; print x "\t" $0 }' "$1" |
      sort -n -S 500M -T "$data" | cut -f2- >"$file.new"
    mv "$file.new" "$file"
  fi
  echo "$file"
}

# Rows in another form: made by an awk program that reads them and prints it.
form() { # rows, suffix, awk program
  local file=${1%.tsv}.$2
  if [[ ! -f $file ]]; then
    awk -F '\t' "$3" "$1" >"$file.new"
    mv "$file.new" "$file"
  fi
  echo "$file"
}

stream() { form "$1" pronto 'BEGIN { print "meta:path=kb.bench;" } { print $1 "=" $2 ";" }'; }

resp() { # what redis-cli --pipe reads
  form "$1" resp '{ printf "*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n", length($1), $1, length($2), $2 }'
}

dump() { # what mdb_load reads; the map is as large as it may have to be
  form "$1" dump '
    BEGIN { print "VERSION=3\nformat=print\ntype=btree\nmapsize=8589934592\nHEADER=END" }
    { print " " $1 "\n " $2 }
    END { print "DATA=END" }'
}

# Gives the rows to the namespaces in turn.
interleaved() { # rows, namespaces
  form "$1" "over-$2.pronto" '{ print "meta:path=kb.n" NR % '"$2"' "; " $1 "=" $2 ";" }'
}

# --- peers ---------------------------------------------------------------------------------------

# The same kind of table as ProntoDB makes: docs/storage.md. Wide rows lie behind an index there.
narrow='CREATE TABLE ns_kb_bench(k TEXT NOT NULL PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;'
wide='CREATE TABLE ns_kb_bench(k TEXT NOT NULL PRIMARY KEY, v BLOB NOT NULL);'
fresh='rm -f "'$box'"/*'

import_rows() { # rows, table
  cat <<CMD
sqlite3 "$box/peer.db" 'PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; ${2-$narrow}' \
  '.mode tabs' '.import $1 ns_kb_bench'
CMD
}

# Rows into a table that may hold their keys: there .import needs a table of its own to go through.
upsert='INSERT INTO ns_kb_bench SELECT k, v FROM incoming WHERE true ON CONFLICT(k) DO UPDATE SET v = excluded.v'
upsert_rows() { # rows
  cat <<CMD
sqlite3 "$box/peer.db" 'PRAGMA synchronous=NORMAL; CREATE TEMP TABLE incoming(k TEXT, v BLOB);' \
  '.mode tabs' '.import --schema temp $1 incoming' '$upsert'
CMD
}

prepare_hello() {
  local candidate java=java
  for candidate in /usr/lib/jvm/*/release /opt/*/release; do
    if grep -q '^JAVA_VERSION="17' "$candidate" 2>/dev/null; then java=${candidate%/release}/bin/java; fi
  done
  if ! has "$java"; then java=$(. bin/jdk.sh && echo "$JAVA_HOME/bin/java"); fi
  if [[ ! -f $data/Hello.class ]]; then
    echo 'class Hello { public static void main(String[] a) { System.out.println("hello"); } }' >"$data/Hello.java"
    (. bin/jdk.sh && "$JAVA_HOME/bin/javac" --release 17 -d "$data" "$data/Hello.java")
  fi
  hello="$java -cp '$data' Hello"
  hello_java=$("$java" -version 2>&1 | head -1)
}

redis_pid= redis=$bench/redis
start_redis() {
  stop_redis
  rm -rf "$redis" && mkdir -p "$redis"
  redis-server --port 0 --unixsocket "$redis/sock" --dir "$redis" --save '' --appendonly yes \
    --appendfsync everysec >/dev/null &
  redis_pid=$!
  until redis-cli -s "$redis/sock" ping >/dev/null 2>&1; do sleep 0.1; done
}
stop_redis() {
  if [[ $redis_pid ]]; then
    kill "$redis_pid" || :
    wait "$redis_pid" || :
    redis_pid=
  fi
}

# --- starts --------------------------------------------------------------------------------------

repeat() { # how often, command
  echo "i=0; while [ \$i -lt $1 ]; do $2; i=\$((i + 1)); done"
}

# The same once more on the JVM, where there is a native binary besides.
on_jvm() { # reset, command
  if [[ $native ]]; then contender 'prontodb, JVM image' "$1" "export PRONTO_ENGINE=jvm; $2"; fi
}

start_job() { # name, title, command of ours, command of sqlite3
  local times=20
  if $quick; then times=10; fi
  prontodb -d "$box/ours.db" set kb.bench.key value
  sqlite3 "$box/peer.db" 'PRAGMA journal_mode=WAL' "$narrow" "INSERT INTO ns_kb_bench VALUES ('key', 'value')" >/dev/null
  local asked=1.0
  if [[ $native ]]; then asked=0.2; fi
  job "$1" "$2" $asked start $times
  contender prontodb : "$(repeat $times "$3")"
  contender 'java Hello' : "$(repeat $times "$hello")"
  on_jvm : "$(repeat $times "$3")"
  other sqlite3 sqlite3 : "$(repeat $times "$4")"
  measure
}

job_get() {
  start_job get '`get` of one key' "prontodb -d '$box/ours.db' get kb.bench.key" \
    "sqlite3 '$box/peer.db' \"SELECT v FROM ns_kb_bench WHERE k = 'key'\""
}

job_set() {
  start_job set '`set` of one key' "prontodb -d '$box/ours.db' set kb.bench.key value\$i" \
    "sqlite3 '$box/peer.db' 'PRAGMA synchronous=NORMAL' \"REPLACE INTO ns_kb_bench VALUES ('key', 'value\$i')\""
}

job_help() {
  start_job help '`--help`' 'prontodb --help' 'sqlite3 --help 2>&1 || :'
}

# --- loads into a new database -------------------------------------------------------------------

load_job() { # name, title, ratio asked, rows, number of rows, command of ours, table
  job "$1" "$2" "$3" record "$5"
  contender prontodb "$fresh" "$6"
  contender 'sqlite3 .import' "$fresh" "$(import_rows "$4" "${7-$narrow}")"
}

from_file() { echo "prontodb -d '$box/ours.db' stream '$1'"; }
from_pipe() { echo "cat '$1' | prontodb -d '$box/ours.db' stream"; }

small_job() { # name, records, ratio asked
  local rows
  rows=$(rows "$2" text 40)
  load_job "$1" "\`stream\` of $2 records into a new database" "$3" "$rows" "$2" "$(from_file "$(stream "$rows")")"
  on_jvm "$fresh" "$(from_file "$(stream "$rows")")"
  measure
}

job_stream_1k() { small_job stream-1k 1000 1.9; }
job_stream_10k() { small_job stream-10k 10000 1.3; }
job_stream_100k() { small_job stream-100k 100000 0.9; }

job_stream_file() {
  local rows
  rows=$(rows $n text 40)
  load_job stream-file "\`stream\` of $n records ordered by key, from a file" 0.95 "$rows" $n \
    "$(from_file "$(stream "$rows")")"
  measure
}

# The server is no part of redis' time, nor of its memory.
job_peers() {
  local rows
  rows=$(rows $n text 40)
  job peers "the same $n records, and other programs that load them" - record $n
  contender prontodb "$fresh" "$(from_file "$(stream "$rows")")"
  other mdb_load mdb_load "$fresh" "mdb_load -n -f '$(dump "$rows")' '$box/peer.mdb'"
  other 'sqlite-utils insert' sqlite-utils "$fresh" \
    "sqlite-utils insert '$box/peer.db' t '$rows' --tsv --no-headers --pk untitled_1"
  if has redis-server && has redis-cli; then
    start_redis
    other 'redis-cli --pipe' redis-cli "redis-cli -s '$redis/sock' flushall" \
      "redis-cli -s '$redis/sock' --pipe <'$(resp "$rows")'"
  fi
  measure
  stop_redis
}

job_stream_pipe() {
  local rows
  rows=$(rows $n text 40)
  load_job stream-pipe "the same through a pipe" 1.0 "$rows" $n "$(from_pipe "$(stream "$rows")")"
  measure
}

job_stream_random() {
  local rows
  rows=$(shuffled "$(rows $n text 40)")
  load_job stream-random "\`stream\` of $n records in random order" 0.5 "$rows" $n "$(from_file "$(stream "$rows")")"
  measure
}

job_stream_10m() {
  if $quick; then return; fi
  local rows
  rows=$(rows 10000000 text 40)
  load_job stream-10m '`stream` of 10,000,000 ordered records' 0.8 "$rows" 10000000 "$(from_file "$(stream "$rows")")"
  measure
}

job_stream_10m_random() {
  if $quick; then return; fi
  local rows
  rows=$(shuffled "$(rows 10000000 text 40)")
  load_job stream-10m-random '`stream` of 10,000,000 records in random order' 0.55 "$rows" 10000000 \
    "$(from_file "$(stream "$rows")")"
  measure
}

job_stream_non_ascii() {
  job stream-non-ascii "\`stream\` of $n records with non-ASCII text" 1.2 record $n
  contender prontodb "$fresh" "$(from_file "$(stream "$(rows $n cyrillic 40)")")"
  contender 'prontodb, ASCII of the same size' "$fresh" "$(from_file "$(stream "$(rows $n text 40)")")"
  measure
}

wide_job() { # name, bytes of a value, words for it, number
  local rows count=$4
  if $quick; then count=$(($4 / 10)); fi
  rows=$(rows "$count" text "$2")
  load_job "$1" "\`stream\` of $count values of $3" 1.0 "$rows" $count "$(from_file "$(stream "$rows")")" "$wide"
  measure
}

job_stream_1kb() { wide_job stream-1kb 1024 '1 KB' 200000; }
job_stream_100kb() { wide_job stream-100kb 102400 '100 KB' 5000; }
job_stream_10mb() { wide_job stream-10mb 10485760 '10 MB' 30; }

# --- loads into a database that holds something --------------------------------------------------

# A database of n rows of each kind, copied anew for each run.
filled() { # suffix, rows
  local ours=$filled/$1.db peer=$filled/$1-peer.db
  if [[ ! -f $peer ]]; then
    rm -f "$box"/*
    prontodb -q -d "$box/ours.db" stream "$(stream "$2")"
    sh -euc "$(import_rows "$2")" >/dev/null
    mv "$box/ours.db" "$ours"
    mv "$box/peer.db" "$peer"
  fi
  refill="rm -f '$box'/*; cp '$ours' '$box/ours.db'; cp '$peer' '$box/peer.db'"
}

into_job() { # name, title, rows
  job "$1" "$2" - record $((n / 10))
  contender prontodb "$refill" "$(from_file "$(stream "$3")")"
  contender 'sqlite3 .import and upsert' "$refill" "$(upsert_rows "$3")"
  measure
}

job_rerun() {
  local rows
  rows=$(rows $n text 40)
  filled ordered "$rows"
  job rerun "the same $n records again, which changes nothing" 1.0 record $n
  contender prontodb "$refill" "$(from_file "$(stream "$rows")")"
  contender 'prontodb, the first time' "$fresh" "$(from_file "$(stream "$rows")")"
  measure
}

job_into_append() {
  local rows
  filled ordered "$(rows $n text 40)"
  rows=$(rows $((n / 10)) later 40)
  into_job into-append "$((n / 10)) records behind $n that are there" "$rows"
}

job_into_overwrite() {
  local rows
  filled ordered "$(rows $n text 40)"
  rows=$(form "$(rows $n text 40)" overwrite.tsv 'NR % 10 == 3 { print $1 "\t" "new " $2 }')
  into_job into-overwrite "$((n / 10)) of $n records written over" "$rows"
}

# The peer has one table, in which the namespace is a part of the key: that is less to do.
job_into_interleaved() {
  local rows all=$((n / 10))
  filled ordered "$(rows $n text 40)"
  rows=$(form "$(rows $n text 40)" interleaved.tsv 'NR % 10 == 7 { print "n" NR % 100 "." $1 "\t" "new " $2 }')
  job into-interleaved "$all records for 100 new namespaces, beside $n" - record $all
  contender prontodb "$refill" "$(from_file "$(
    form "$rows" stream '{ split($1, part, "."); print "meta:path=kb." part[1] "; " part[2] "=" $2 ";" }')")"
  contender 'sqlite3 .import and upsert' "$refill" "$(upsert_rows "$rows")"
  measure
}

# --- out, and in again ---------------------------------------------------------------------------

job_export() {
  filled ordered "$(rows $n text 40)"
  sh -euc "$refill"
  job export "\`export\` of $n records, base64" 2.0 record $n
  contender prontodb : "prontodb -d '$box/ours.db' export kb.bench"
  contender 'sqlite3 -tabs, raw' : "sqlite3 -tabs '$box/peer.db' 'SELECT k, v FROM ns_kb_bench ORDER BY k'"
  measure
}

job_import() {
  local table=$data/export-$n.tsv
  filled ordered "$(rows $n text 40)"
  if [[ ! -f $table ]]; then
    sh -euc "$refill"
    prontodb -d "$box/ours.db" export kb.bench >"$table"
  fi
  load_job import "\`import\` of $n records, base64" 1.0 "$table" $n "prontodb -d '$box/ours.db' import kb.bench '$table'"
  measure
}

job_convert() {
  local rows
  rows=$(rows $n text 40)
  if $quick || ! has mlr; then return; fi
  job convert "\`convert\` of $n records, stream to JSON lines" - record $n
  contender prontodb : "prontodb convert --from stream --to jsonl <'$(stream "$rows")'"
  contender 'mlr, TSV to JSON lines' : "mlr --itsv --implicit-tsv-header --ojsonl cat '$rows'"
  measure
}

job_get_many() {
  local keys=100000 rows
  if $quick; then keys=10000; fi
  rows=$(rows $n text 40)
  filled ordered "$rows"
  sh -euc "$refill"
  rows=$(shuffled "$rows")
  job get-many "\`get -\` of $keys of $n keys in random order" - record $keys
  contender prontodb : "prontodb -d '$box/ours.db' get - <'$(
    form "$rows" "$keys.keys" "NR <= $keys { print \"kb.bench.\" \$1 }")'"
  contender 'sqlite3, a SELECT each' : "sqlite3 '$box/peer.db' <'$(
    form "$rows" "$keys.sql" "NR <= $keys { print \"SELECT v FROM ns_kb_bench WHERE k = '\" \$1 \"';\" }")'"
  measure
}

# --- curves --------------------------------------------------------------------------------------

job_scale_records() {
  local count rows
  for count in 10000 100000 1000000 10000000; do
    if $quick && ((count > n)); then return; fi
    rows=$(rows $count text 40)
    load_job "scale-records@$count" "$count ordered records, from a file" - "$rows" $count "$(from_file "$(stream "$rows")")"
    measure
  done
}

job_scale_values() { # about 100 MB each, but at most a million records
  local bytes count rows most=100000000
  if $quick; then most=5000000; fi
  for bytes in 10 100 1000 10000 100000 1000000 10000000; do
    count=$((most / bytes > most / 100 ? most / 100 : most / bytes))
    if ((count == 0)); then return; fi
    rows=$(rows $count text $bytes)
    load_job "scale-values@$bytes" "$count values of $bytes bytes" - "$rows" $count "$(from_file "$(stream "$rows")")" \
      "$( ((bytes > 980)) && echo "$wide" || echo "$narrow")"
    unit=byte units=$((count * bytes))
    measure
  done
}

job_scale_namespaces() {
  local spaces most=10000 count=100000 rows
  if $quick; then most=1000 count=10000; fi
  rows=$(rows $count text 40)
  for spaces in 1 10 100 1000 10000; do
    if ((spaces > most)); then return; fi
    job "scale-namespaces@$spaces" "$count records, in turn for $spaces new namespaces" - record $count
    contender prontodb "$fresh" "$(from_file "$(interleaved "$rows" $spaces)")"
    # The peer's rows come grouped, since a shell of SQLite has nothing to collect them with.
    contender 'sqlite3, a transaction each' "$fresh" "sqlite3 '$box/peer.db' <'$(
      form "$rows" "over-$spaces.sql" '
        BEGIN { print "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" }
        (NR - 1) % '$((count / spaces))' == 0 {
          if (NR > 1) print "COMMIT;"
          table = "ns_kb_n" int((NR - 1) / '$((count / spaces))')
          print "BEGIN; CREATE TABLE " table "(k TEXT NOT NULL PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;"
        }
        { print "INSERT INTO " table " VALUES (\047" $1 "\047, \047" $2 "\047);" }
        END { print "COMMIT;" }')'"
    measure
  done
}

job_scale_database() {
  local spaces times=10 most=10000 count=100000 rows
  if $quick; then times=5 most=1000 count=10000; fi
  rows=$(rows $count text 40)
  for spaces in 1 10 100 1000 10000; do
    if ((spaces > most)); then return; fi
    rm -f "$box"/*
    prontodb -q -d "$box/ours.db" stream "$(interleaved "$rows" $spaces)"
    job "scale-database@$spaces" "\`get\` of one key in a database of $spaces namespaces" - start $times
    contender prontodb : "$(repeat $times "prontodb -d '$box/ours.db' get kb.n0.absent || [ \$? = 2 ]")"
    contender sqlite3 : "$(repeat $times "sqlite3 '$box/ours.db' \"SELECT v FROM ns_kb_n0 WHERE k = 'absent'\"")"
    measure
  done
}

# --- measured by scripts of their own, which are told nothing and print what they find -----------

own_script() { # name
  if [[ -x bin/bench-$1.sh ]] && ! $quick; then "bin/bench-$1.sh"; fi
}

job_cache() { own_script cache; }
job_server() { own_script server; }
