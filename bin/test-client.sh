#!/usr/bin/env bash
# Generates a TypeScript client from the server's /openapi.json and has it work against a real server: what is checked is that
# the description is valid OpenAPI 3.1, that a generator understands it, and that the server does what it says.
# Needs node, npm and curl; what npm brings stays in target/client. bin/test-client.sh [target/prontodb]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bin/server.sh
program=$(realpath "${1:-target/prontodb}")/bin/prontodb
work=$PWD/target/client
mkdir -p "$work"
folder=$(mktemp -d)
server=
stop() {
  if [ "$server" ]; then kill "$server" 2>/dev/null || :; wait "$server" 2>/dev/null || :; fi
  rm -rf "$folder"
}
trap stop EXIT INT TERM
[ -f "$work/package.json" ] || echo '{"private": true, "type": "module"}' >"$work/package.json"
npm install --prefix "$work" --no-audit --no-fund --silent openapi-typescript@7.13.0 openapi-fetch@0.17.0 typescript@5.9.3

start_server "$program" "$folder"
cp src/client/client.ts "$work/"
curl -sSf "$base/openapi.json" -o "$work/openapi.json"
cd "$work"
node_modules/.bin/openapi-typescript openapi.json --output api.d.ts
node_modules/.bin/tsc --strict --target es2022 --module nodenext --moduleResolution nodenext --skipLibCheck client.ts
PRONTO_APIKEY=$(cat "$folder/key") node client.js "$base"
