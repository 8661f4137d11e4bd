#!/bin/sh
# Packs a runtime image for people who have no JDK: sh src/image/pack.sh IMAGE SBOM FOLDER [MANUAL] writes
# FOLDER/prontodb-VERSION-SYSTEM-PROCESSOR.tar.gz and its checksum, and prints the archive's name.
# The same image gives the same bytes: every time in it is SOURCE_DATE_EPOCH, in seconds. Needs GNU tar.
set -eu
image=$1
sbom=$2
folder=$3
manual=${4:-}
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
# The native binary starts in less time without these caches than the JVM does with them. What is left
# to the JVM beside it runs long, and what a JVM saw while it ran is different in each build.
if [ -e "$image/native/prontodb" ]; then rm -f "$staging/$name"/lib/*.aot; fi
sh "$source/../dist/share.sh" "$staging/$name" "$manual"

# Maven knows the libraries. What they are packed with are more: the runtime, and two libraries in C
# that come inside of others.
java=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$image/release")
maker=$(sed -n 's/^IMPLEMENTOR="\(.*\)"/\1/p' "$image/release")
within() { # library, how much of its version is that of what it brings
  sed -n 's|.*"purl" : "pkg:maven/[^"]*/'"$1@\($2\)"'[^0-9].*|\1|p' "$sbom" | head -1
}
native=
if [ -d "$image/native" ]; then
  builder=$(sed -n '/<artifactId>svm</{n;s/.*<version>\(.*\)<.*/\1/p}' "$source/../native/builder/pom.xml")
  native='{ "type": "library", "bom-ref": "native-image", "name": "native-image", "version": "'$builder'",'
  native=$native' "supplier": { "name": "Oracle" }, "licenses": ['
  native=$native' { "expression": "GPL-2.0-only WITH Classpath-exception-2.0 AND UPL-1.0" } ] }, '
fi
sed '/^  "components" : \[/a\
    '"$native"'{ "type": "platform", "bom-ref": "openjdk", "name": "openjdk", "version": "'"$java"'",\
      "supplier": { "name": "'"$maker"'" },\
      "licenses": [ { "expression": "GPL-2.0-only WITH Classpath-exception-2.0" } ] },\
    { "type": "library", "bom-ref": "sqlite", "name": "sqlite", "version": "'"$(within sqlite-jdbc '[0-9]*\.[0-9]*\.[0-9]*')"'",\
      "licenses": [ { "license": { "id": "blessing" } } ] },\
    { "type": "library", "bom-ref": "zstd", "name": "zstd", "version": "'"$(within zstd-jni '[0-9]*\.[0-9]*\.[0-9]*')"'",\
      "licenses": [ { "license": { "id": "BSD-3-Clause" } } ] },
' "$sbom" >"$staging/$name/sbom.json"

# The list and the licences, which were made from the jars, name the same libraries.
sed -n 's|^ *"purl" : "pkg:maven/[^"]*/\([^"/@]*\)@.*|\1|p' "$sbom" | grep -vx prontodb | sort -u >"$staging/listed"
find "$image/legal/org.prontodb" -mindepth 1 -type d -exec basename {} \; | sort >"$staging/packed"
if ! diff "$staging/listed" "$staging/packed" >&2; then
  echo "the SBOM (<) and the image (>) name different libraries" >&2
  exit 1
fi

cp "$source/README.md" "$source/../../LICENSE" "$source/../../NOTICE" "$staging/$name/"
ln -s bin/prontodb "$staging/$name/prontodb"

tar -C "$staging" --sort=name --mtime="@${SOURCE_DATE_EPOCH:-0}" --owner=0 --group=0 --numeric-owner \
  --mode=u+rwX,go+rX,go-w --format=gnu -cf "$staging/$name.tar" "$name"
gzip -n "$staging/$name.tar"
(cd "$staging" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
mv "$staging/$name.tar.gz" "$staging/$name.tar.gz.sha256" "$folder/"
echo "$folder/$name.tar.gz"
