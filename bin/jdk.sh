# shellcheck shell=sh
# Sourced by the scripts beside it: sets JAVA_HOME to a JDK 25, or says what to install and exits.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release" 2>/dev/null
}

find_jdk_25() {
  javac=$(command -v javac 2>/dev/null) && javac=$(readlink -f "$javac" 2>/dev/null) || javac=
  for candidate in "${JAVA_HOME-}" "${javac%/bin/javac}" \
    /usr/lib/jvm/* /opt/* /opt/java/* /usr/local/* "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "ProntoDB builds with JDK 25, and none was found: install one (Debian: temurin-25-jdk or" >&2
  echo "openjdk-25-jdk-headless; macOS: brew install openjdk@25), or set JAVA_HOME to it" >&2
  return 1
}

find_jdk_25 || exit 1
if ! command -v mvn >/dev/null 2>&1; then
  echo "ProntoDB builds with Maven: install it (Debian: apt-get install maven; macOS: brew install maven)" >&2
  exit 1
fi

# Maven 3 uses a method that JDK 25 warns of; that is not the reader's concern.
MAVEN_OPTS="${MAVEN_OPTS-} --sun-misc-unsafe-memory-access=allow"
export MAVEN_OPTS
