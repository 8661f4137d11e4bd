#!/bin/sh
# Makes the runtime image: a JDK cut down to what ProntoDB needs, with the application inside it.
# What its size comes from, and what was tried: docs/packaging.md.
# Maven calls this in the package phase: sh src/image/build.sh TARGET, with JAVA_HOME and the
# application's classes in TARGET/classes, its libraries in TARGET/image/jars and picocli's sources
# in TARGET/image/picocli.
set -eu
target=$(cd "$1" && pwd)
source=${0%/*}
work=$target/image
merged=$work/merged
image=$work/prontodb
jdk=$JAVA_HOME/bin
top=$source/../..

# Nothing is packed without its licence. Its text comes from the library's jar, or from
# src/image/legal, or is ours where NOTICE says Apache-2.0. This goes first, since a new library is
# where it fails.
legal=$work/legal
rm -rf "$legal"
mkdir -p "$legal"
cp "$top/LICENSE" "$top/NOTICE" "$legal/"
for jar in "$work"/jars/*.jar picocli; do
  library=${jar##*/}
  library=${library%%-[0-9]*}
  terms=
  while read -r name rest; do
    # shellcheck disable=SC2254 # the name is a pattern
    case $library in $name) terms=$rest ;; esac
  done <"$top/NOTICE"
  if [ -z "$terms" ]; then
    echo "NOTICE has no line for $library: add what it is licensed under, and its site" >&2
    exit 1
  fi
  mkdir "$legal/$library"
  if [ -f "$jar" ]; then
    "$jdk/jar" -tf "$jar" | grep -E '^META-INF/([^ ]*/)?(LICENSE|NOTICE|COPYING|LICENCE)[^/ ]*$' |
      while read -r text; do
        (cd "$legal/$library" && "$jdk/jar" -xf "$jar" "$text" && mv "$text" . && rm -rf META-INF)
      done
  fi
  if [ -d "$source/legal/$library" ]; then cp "$source/legal/$library"/* "$legal/$library/"; fi
  case $(ls "$legal/$library")-$terms in
    -Apache-2.0*) cp "$top/LICENSE" "$legal/$library/" ;;
    -*)
      echo "no licence text for $library: its jar holds none, so put it into src/image/legal/$library" >&2
      exit 1
      ;;
  esac
done

# One module of everything. A class that comes from the runtime image is found without opening a
# jar, and, unlike one from the class path, can be checked against an AOT cache.
rm -rf "$merged" "$image"
mkdir -p "$merged"
for jar in "$work"/jars/*.jar; do
  (cd "$merged" && "$jdk/jar" -xf "$jar")
done

# The native library is unpacked once, here, instead of into the temporary folder at every start.
case $(uname -s) in
  Darwin) system=Mac suffix=dylib ;;
  *) system=Linux suffix=so ;;
esac
case $(uname -m) in
  arm64 | aarch64) processor=aarch64 ;;
  *) processor=$(uname -m) ;;
esac
if [ "$system" = Linux ] && ls /lib/ld-musl-* >/dev/null 2>&1; then system=Linux-Musl; fi
sqlite=libsqlitejdbc.$suffix
cp "$merged/org/sqlite/native/$system/$processor/$sqlite" "$work/"
rm -rf "$merged/org/sqlite/native" "$merged/META-INF"

# zstd-jni looks in the runtime's own library folder when its jar brings no native library. Its
# libraries are for glibc: where there is none, compressed files are what does not work.
case $system-$processor in
  Mac-*) zstd=darwin/$processor ;;
  *-x86_64) zstd=linux/amd64 ;;
  *) zstd=linux/$processor ;;
esac
cp "$merged/$zstd"/libzstd-jni-*."$suffix" "$work/"
for folder in aix darwin freebsd linux win; do rm -rf "${merged:?}/$folder"; done

# The published picocli is compiled for Java 5, and the AOT cache skips classes that old.
compile() {
  "$jdk/javac" -nowarn -Xlint:none --release 25 -XDstringConcat=inline -proc:none -cp "$merged" -d "$merged" "$@"
}
rm -rf "$merged/picocli"
compile -XDignore.symbol.file "$work"/picocli/picocli/*.java

# Classes that stand in for a library's own, which go with all that they hold.
find "$source/replacements" -name '*.java' | while read -r replacement; do
  class=${replacement#"$source/replacements/"}
  rm -f "$merged/${class%.java}.class" "$merged/${class%.java}"\$*.class
  compile "$replacement"
done

cp -R "$target/classes/." "$merged/"
"$jdk/javac" -XDstringConcat=inline -d "$merged" "$source/module-info.java" "$source"/org/prontodb/image/*.java
"$jdk/java" "$source/tools/PlainSwitches.java" "$merged" org/prontodb org/sqlite
"$jdk/java" "$source/tools/PlainLambdas.java" "$merged" org/prontodb org/sqlite picocli
"$jdk/jar" --create --file "$work/org.prontodb.jar" --no-manifest -C "$merged" .

# Settings that an AOT cache depends on are the same for training and for use.
common='-XX:-UsePerfData -Xlog:disable --enable-native-access=org.prontodb'
common="$common -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
# There are no profiles to replay: a thread that looks for them would be woken for each class.
common="$common -XX:-AOTReplayTraining"
common="$common -Dpicocli.converters.excludes=java.+ -Dpicocli.disable.closures=true"
# java.sql demands java.xml, and the JDK its key tool; nothing here reads XML or calls that tool. jlink
# wants each of their packages to keep a file, so all but the first of each are named to it.
"$jdk/jimage" list --include 'regex:/java\.xml/.*' "$JAVA_HOME/lib/modules" >"$work/java.xml"
"$jdk/jimage" list --include 'regex:/java\.base/sun/security/tools/keytool/.*' "$JAVA_HOME/lib/modules" >"$work/keytool"
awk '
  $1 == "Module:" { module = $2 }
  NF == 1 && /^ / {
    package = $1
    sub(/\/[^\/]*$/, "", package)
    if (package in kept) print "/" module "/" $1
    kept[package]
  }' "$work/java.xml" "$work/keytool" >"$work/unused"

"$jdk/jlink" --module-path "$work/org.prontodb.jar" --add-modules org.prontodb --output "$image" \
  --strip-java-debug-attributes --no-header-files --no-man-pages --vm server --compress zip-6 \
  --exclude-resources="@$work/unused" --release-info "$JAVA_HOME/release"
mv "$work/$sqlite" "$work"/libzstd-jni-*."$suffix" "$image/lib/"
mv "$legal" "$image/legal/org.prontodb"
if [ -f "$JAVA_HOME/NOTICE" ]; then cp "$JAVA_HOME/NOTICE" "$image/legal/java.base/"; fi

# Whatever hashes reads this file first, and most of it is comments.
security=$image/conf/security/java.security
grep -v '^ *#' "$security" >"$work/java.security"
cat "$work/java.security" >"$security"

# What only other programs would use: a launcher of jars, a key tool, lists for making archives.
rm -f "$image"/bin/keytool "$image"/lib/jexec "$image"/lib/classlist "$image"/lib/jrt-fs.jar

# The names of the JVM's own functions are for its debuggers, and are a sixth of it.
if [ "$system" != Mac ] && command -v strip >/dev/null; then
  find "$image/lib" -name '*.so' -exec strip --strip-unneeded {} +
  strip --strip-unneeded "$image/bin/java" "$image/lib/jspawnhelper"
fi
sed -e "s|@COMMON@|$common|" -e "s/@SQLITE@/$sqlite/" "$source/start.sh" >"$image/lib/start.sh"
cp "$source/prontodb" "$image/bin/prontodb"
chmod 755 "$image/bin/prontodb"

# Always trained anew, for a cache of older classes would run the older classes. Without a cache the
# image works as well, only slower.
trainer() { # what it is to do, settings
  # shellcheck disable=SC2086 # several options each
  (cd "$home" && HOME=$home "$image/bin/java" -XX:+UseSerialGC $common $2 -Dorg.sqlite.lib.path="$image/lib" \
    -Dorg.sqlite.lib.name="$sqlite" -m org.prontodb/org.prontodb.image.Training "$1") >"$work/$1.log" 2>&1
}
train() { # kind, settings
  home=$work/training
  rm -rf "$home"
  mkdir "$home"
  # Should that fail, then so does the training, which tells of it.
  if [ "$1" = bulk ]; then trainer prepare '' || :; fi
  if ! trainer "$1" "-XX:AOTCacheOutput=$image/lib/$1.aot $2" || ! [ -s "$image/lib/$1.aot" ]; then
    echo "the AOT cache for $1 commands could not be made, so they start slower: see $work/$1.log" >&2
  fi
}
# Without the profile of the training run, or its methods would be compiled at each start.
train short '-XX:TieredStopAtLevel=1 -XX:-AOTRecordTraining'
train bulk '-XX:-AOTRecordTraining'

# Moved into place when it is whole: bin/prontodb takes what it finds there for usable.
rm -rf "$target/prontodb"
mv "$image" "$target/prontodb"
sh "$source/sources.sh" record "$target/prontodb.sources"
