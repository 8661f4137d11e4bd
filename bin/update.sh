#!/bin/sh
# Rewrites what tests compare with files: the expected output of samples/transcripts/*.txt and of
# the session in README.md, and the pages under docs/ that are generated. Read the result as a diff.
set -eu
cd "${0%/*}/.."
. bin/jdk.sh
exec mvn -q -B -Dtranscripts.update=true -Ddocs.update=true -Dsurefire.failIfNoSpecifiedTests=false \
  "$@" -Dtest='TranscriptTest,*DocsTest' test
