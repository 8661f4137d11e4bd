#!/bin/sh
# Packs a runtime image for people who have no JDK: sh src/image/pack.sh IMAGE SBOM FOLDER writes
# FOLDER/prontodb-VERSION-SYSTEM-PROCESSOR.tar.gz and its checksum, and prints the archive's name.
# The same image gives the same bytes: every time in it is SOURCE_DATE_EPOCH, in seconds. Needs GNU tar.
set -eu
image=$1
sbom=$2
folder=$3
source=${0%/*}

version=$("$image/bin/prontodb" version | sed 's/^prontodb \([^ ]*\).*/\1/')
case $(uname -m) in
  arm64 | aarch64) processor=aarch64 ;;
  *) processor=$(uname -m) ;;
esac
system=$(uname -s | tr '[:upper:]' '[:lower:]')
if [ "$system" = linux ] && ls /lib/ld-musl-* >/dev/null 2>&1; then system=linux-musl; fi
name=prontodb-$version-$system-$processor

mkdir -p "$folder"
staging=$(mktemp -d "$folder/pack.XXXXXX")
trap 'rm -rf "$staging"' EXIT INT TERM
cp -R "$image" "$staging/$name"

# Maven knows the libraries; the runtime that they are packed with is one more.
java=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$image/release")
maker=$(sed -n 's/^IMPLEMENTOR="\(.*\)"/\1/p' "$image/release")
sed '/^  "components" : \[/a\
    { "type": "platform", "bom-ref": "openjdk", "name": "openjdk", "version": "'"$java"'",\
      "supplier": { "name": "'"$maker"'" },\
      "licenses": [ { "expression": "GPL-2.0-only WITH Classpath-exception-2.0" } ] },
' "$sbom" >"$staging/$name/sbom.json"
cp "$source/README.md" "$source/../../LICENSE" "$source/../../NOTICE" "$staging/$name/"
ln -s bin/prontodb "$staging/$name/prontodb"

tar -C "$staging" --sort=name --mtime="@${SOURCE_DATE_EPOCH:-0}" --owner=0 --group=0 --numeric-owner \
  --mode=u+rwX,go+rX,go-w --format=gnu -cf "$staging/$name.tar" "$name"
gzip -n "$staging/$name.tar"
(cd "$staging" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
mv "$staging/$name.tar.gz" "$staging/$name.tar.gz.sha256" "$folder/"
echo "$folder/$name.tar.gz"
