# shellcheck shell=bash
# For scripts that read it in: start_server PROGRAM FOLDER starts a server of a new database, with FOLDER for its home.
# $server is its process, $base its URL; the file key in the folder holds an API key of admin. Who calls it ends it.
start_server() {
  export HOME=$2
  printf 'correct horse' | "$1" -q admin 'user=admin;pass=-;' 2>/dev/null
  "$1" admin apikey create admin >"$2/key" 2>/dev/null
  "$1" serve --listen 127.0.0.1:0 2>"$2/log" >/dev/null &
  server=$!
  until grep -q '^listening at' "$2/log"; do
    kill -0 $server || { cat "$2/log" >&2; exit 1; }
    sleep 0.1
  done
  base=$(sed -n 's/^listening at //p' "$2/log")
}
