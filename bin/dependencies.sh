#!/bin/sh
# Lists the libraries of which Maven Central has a newer release than pom.xml names. For a look before
# a release; the build itself never takes another version than that.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
# Not what is on its way to a release, nor the dates that some were versioned by long ago.
ignore='(?i).*[-.](alpha|beta|m|rc|cr|ea|pre).*|20[0-9]{6}.*'
mvn -B org.codehaus.mojo:versions-maven-plugin:2.18.0:display-dependency-updates \
  "-Dmaven.version.ignore=$ignore" -DprocessDependencyManagement=false "$@" |
  sed -n 's/^\[INFO\]  *\([^ ].*->.*\)/\1/p'
