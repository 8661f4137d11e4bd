#!/bin/sh
# Makes the native binary: sh src/native/build.sh native|native-quick TARGET [MAVEN'S OPTIONS], after
# src/image/build.sh, whose merged classes it compiles. The result is TARGET/native, and is put into
# the runtime image as its folder native. README.md tells how it works.
set -eu
kind=$1
target=$(cd "$2" && pwd)
shift 2
source=$(cd "${0%/*}" && pwd)
work=$target/native-work
result=$target/native
image=$target/prontodb
jdk=$JAVA_HOME

fail() { # sentence, hint
  echo "prontodb: error: $1" >&2
  echo "  hint: $2" >&2
  exit 1
}

case $(uname -sm) in
  'Linux x86_64') ;;
  *) fail "the native binary is built on Linux with an x86-64 processor alone" "the image in $image runs here" ;;
esac
if ls /lib/ld-musl-* >/dev/null 2>&1; then
  fail 'the native binary needs glibc, and this machine has musl' "the image in $image runs here"
fi
command -v gcc >/dev/null || fail 'the native binary needs gcc' 'Debian: apt-get install gcc libc6-dev'
echo '#include <stdlib.h>' | gcc -E - >/dev/null 2>&1 ||
  fail 'gcc finds no headers of the C library' 'Debian: apt-get install libc6-dev'

# The builder: GraalVM for JDK 25, if the machine has one, else that of Maven Central.
graal=
for candidate in "${GRAALVM_HOME-}/bin/native-image" "$(command -v native-image || :)"; do
  if [ -z "$graal" ] && [ -x "$candidate" ] && "$candidate" --version 2>/dev/null | grep -q '^native-image 25[ .]'; then
    graal=$candidate
  fi
done
rm -rf "$work" "$result" "$image/native" "$image/legal/native-image"
mkdir -p "$work/classes" "$work/objects" "$work/include" "$work/libraries" "$result/lib"

# What the JVM image has, without what that alone runs: the commands of CommandTable.ON_JVM.
cp -R "$target/image/merged/." "$work/classes/"
rm -rf "$work/classes/module-info.class" "$work/classes/org/prontodb/server" "$work/classes/org/prontodb/image" \
  "$work/classes/org/eclipse" "$work/classes/io/prometheus" "$work/classes/org/slf4j"
cp -R "$source/resources/." "$work/classes/"

warnings='-Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Werror'
compile_c() { # options and files
  # shellcheck disable=SC2086 # several options
  gcc -std=gnu17 -O2 -fPIC $warnings -I"$source/c" -I"$source/c/include" -I"$work/include" \
    -I"$jdk/include" -I"$jdk/include/linux" "$@"
}
archive() { # library, files without .c
  library=$1
  shift
  rm -f "$work/objects"/*
  for name; do compile_c -c "$source/c/$name.c" -o "$work/objects/$name.o"; done
  ar rcs "$library" "$work/objects"/*.o
}

# The libraries of others, beside the binary.
cp "$image"/lib/libsqlitejdbc.so "$result/lib/"
cp "$image"/lib/libzstd-jni-*.so "$result/lib/libzstd-jni.so"

if [ "$graal" ]; then
  echo "building the native binary with $graal" >&2
  jdk=$(cd "${graal%/*}/.." && pwd)
  sdk=$(find "$jdk/lib/svm" -name '*.jar' | tr '\n' :)
else
  echo "building the native binary with the builder from Maven Central" >&2
  jars=$target/native-builder
  if ! (cd "$jars" && sha256sum --quiet --strict -c "$source/builder/SHA256SUMS") 2>/dev/null; then
    rm -rf "$jars"
    mvn -q -B -Dstyle.color=never "$@" -f "$source/builder/pom.xml" dependency:copy-dependencies \
      -DoutputDirectory="$jars" </dev/null
    (cd "$jars" && sha256sum --quiet --strict -c "$source/builder/SHA256SUMS") ||
      fail 'what Maven has brought as the builder is not what it was' "look at the repository that Maven uses"
  fi
  sdk=$(find "$jars" -name '*.jar' | tr '\n' :)

  # The processor's features, in the order in which the builder names them.
  for kind_of_cpu in amd64:AMD64 aarch64:AArch64 riscv64:RISCV64; do
    type=com.oracle.svm.core.${kind_of_cpu%:*}.${kind_of_cpu#*:}LibCHelper
    {
      echo "/* One byte for each feature that $type names. Made by build.sh. */"
      echo '#define CPU_FEATURES(FEATURE) \'
      "$jdk/bin/javap" -cp "$(echo "$jars"/svm-[0-9]*.jar)" "$type\$CPUFeatures" |
        sed -n 's/.* boolean \(.*\)();/  FEATURE(\1) \\/p'
      echo
      echo '#define CPU_FEATURE_FIELD(name) char name;'
      echo 'typedef struct { CPU_FEATURES(CPU_FEATURE_FIELD) } CPUFeatures;'
    } >"$work/include/${kind_of_cpu%:*}cpufeatures.h"
  done
  mkdir -p "$work/libraries/include"
  cp "$work/include"/*.h "$source/c/include"/*.h "$work/libraries/include/"
  archive "$work/libraries/liblibchelper.a" jdk cpu process signals locale timezone

  # The JDK's own libraries stand in for static ones, which it does not bring. What they ask of a JVM
  # is in libjvm.so, with a function that says so for each that is not there.
  for name in java nio net zip; do
    cp "$jdk/lib/lib$name.so" "$result/lib/"
    echo "INPUT($result/lib/lib$name.so $result/lib/libjvm.so)" >"$work/libraries/lib$name.a"
  done
  # The builder asks for zlib, too, which is part of the JDK's libzip.so already.
  ar rcs "$work/libraries/libz.a"
  nm -D --undefined-only "$result/lib/libjava.so" "$result/lib/libnio.so" "$result/lib/libnet.so" "$result/lib/libzip.so" |
    sed -n 's/.* U \(\(JVM\|jio\)_[A-Za-z0-9_]*\)@SUNW.*/\1/p' | sort -u >"$work/wanted"
  sed -n 's/^EXPORT .*[ *]\(\(JVM\|jio\)_[A-Za-z0-9_]*\)(.*/\1/p' "$source/c/jvm.c" | sort >"$work/there"
  {
    echo '#include "pronto.h"'
    comm -23 "$work/wanted" "$work/there" |
      sed 's/.*/__attribute__((visibility("default"))) void &(void);\nvoid &(void) { pronto_unimplemented("&"); }/'
  } >"$work/unimplemented-jvm.c"
  compile_c -fvisibility=hidden -shared -Wl,-soname,libjvm.so "-Wl,--version-script=$source/c/libjvm.map" \
    -o "$result/lib/libjvm.so" "$source/c/jvm.c" "$source/c/unimplemented.c" "$work/unimplemented-jvm.c"
  mkdir -p "$work/home/lib/svm/builder/lib"
  compile_c -shared -o "$work/home/lib/svm/builder/lib/libreporterchelper.so" "$source/c/reporter.c"
fi
archive "$work/libpronto.a" start unimplemented

"$jdk/bin/javac" -Xlint:all -Werror --release 25 -cp "$work/classes:$sdk" -d "$work/classes" \
  "$source"/java/org/prontodb/nativebinary/*.java

case $kind in
  native) optimize=2 ;;
  *) optimize=b ;;
esac
# At a fixed address, or each start would have 38,000 addresses to fill in, a third of its time.
set -- -H:+UnlockExperimentalVMOptions -H:Class=org.prontodb.nativebinary.NativeMain -H:Name=prontodb \
  -H:Path="$result" -H:Optimize=$optimize -H:MicroArchitecture=x86-64-v3 \
  -H:EnableNativeAccess=ALL-UNNAMED -H:NativeLinkerOption="$work/libpronto.a" \
  "-H:NativeLinkerOption=-Wl,-rpath,\$ORIGIN/lib" -H:NativeLinkerOption=-no-pie -H:-ParseRuntimeOptions \
  -H:-UseContainerSupport -H:+InstallExitHandlers -R:+EnableSignalHandling \
  "-H:Features=org.prontodb.nativebinary.HeapLimit\$Registration" -H:InitialCollectionPolicy=Dynamic \
  -H:ClassInitialization=org.prontodb.nativebinary.HeapLimit:build_time \
  -R:MaxNewSize=8388608
export LC_ALL=C.UTF-8
if [ "$graal" ]; then
  "$graal" -cp "$work/classes" --no-fallback \
    -J--add-exports=org.graalvm.nativeimage.builder/com.oracle.svm.core.heap=ALL-UNNAMED "$@" >"$work/log" 2>&1
else
  builder=org.graalvm.nativeimage.base,org.graalvm.nativeimage.builder
  "$jdk/bin/javac" -d "$work/builder" --add-exports java.base/jdk.internal.module=ALL-UNNAMED \
    "$source/builder/Builder.java"
  compiler=$(echo "$jars"/compiler-*.jar)
  JVMCI_VERSION_CHECK=ignore "$jdk/bin/java" -Xss10m -Xmx6g -XX:+UseParallelGC -Xshare:off \
    -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI -XX:-UseJVMCICompiler \
    --upgrade-module-path "$compiler" --module-path "$(find "$jars" -name '*.jar' ! -path "$compiler" | tr '\n' :)" \
    --add-modules ALL-DEFAULT,org.graalvm.nativeimage.builder,jdk.internal.vm.ci \
    --add-exports java.base/jdk.internal.module=ALL-UNNAMED,$builder \
    --enable-native-access=org.graalvm.nativeimage.builder,ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader \
    -Dorg.graalvm.nativeimage.imagecode=buildtime -Dorg.graalvm.nativeimage.kind=executable \
    -Dsubstratevm.IgnoreGraalVersionCheck=true \
    -Dorg.graalvm.version=25.0.2 -Dorg.graalvm.vendor=GraalVM -Djdk.internal.lambda.disableEagerInitialization=true \
    -Djava.awt.headless=true -Dpronto.builder.home="$work/home" -cp "$work/builder" Builder \
    -imagecp "$work/classes" "$@" -H:ConfigurationFileDirectories="$source/resources/META-INF/native-image/org.prontodb/prontodb" -H:CLibraryPath="$work/libraries" -H:TempDirectory="$work/temporary" \
    -H:ImageBuildID="$(cat /proc/sys/kernel/random/uuid)" >"$work/log" 2>&1
fi || {
  cat "$work/log" >&2
  exit 1
}
rm -f "$result"/*.md "$result"/*.json

# The builder's runtime and the JDK's code in the binary are under the same terms.
mkdir "$image/legal/native-image"
cp "$jdk/legal/java.base/LICENSE" "$jdk/legal/java.base/ASSEMBLY_EXCEPTION" "$image/legal/native-image/"

# In one file system a second name costs nothing.
cp -Rl "$result" "$image/native" 2>/dev/null || cp -R "$result" "$image/native"
