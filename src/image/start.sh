# shellcheck shell=sh disable=SC2154 # $home
# Starts ProntoDB with the Java runtime in the folder $home, which whoever reads this in has set. A
# start costs what is done here: it calls no other program, and chooses the JVM's settings by the
# first word that is a command.

# The JVM would give the number of a closed standard stream to the next file that it opens, and the
# program would read or write that. So each closed one becomes /dev/null before anything is opened,
# and in the wrong direction: its use then fails with EBADF, which the program reports as closed. A
# launcher that is no shell script has to do the same.
if ! { true 7<&0 8>&1; } 2>/dev/null || ! true 9>&2; then
  { true 7<&0; } 2>/dev/null || exec 0>/dev/null
  { true 8>&1; } 2>/dev/null || exec 1</dev/null
  true 9>&2 || exec 2</dev/null
fi

if [ ! -d "${PWD-}" ]; then # where a JVM does not start
  echo "prontodb: error: the current folder does not exist any more" >&2
  echo "  hint: change to another one: cd" >&2
  exit 1
fi

# The native binary, where there is one, starts in a fraction of the time. It comes back here, with
# PRONTO_ENGINE=jvm, for what a JVM does better, or where the processor is older than what it was built for.
if [ -x "$home/native/prontodb" ] && [ "${PRONTO_ENGINE-}" != jvm ] && [ -z "${PRONTO_JAVA_OPTIONS-}" ]; then
  exec "$home/native/prontodb" "$@"
fi

# Nothing of a Java that the user has set up for other programs, and text is UTF-8 in every locale.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
export LC_ALL=C.UTF-8

# A short command is over before compiled code could be of use; what repeats is still compiled, later.
# A command that may hash a password wants the compiler, and so does one that reads or writes many
# records, whose garbage is to be collected while it is in few pages: that keeps the memory flat, if
# what is on its way between two threads has room to stay young, too.
# There the optimising compiler waits until the load is a long one; for a few thousand records it
# would cost more than it gives, and memory. So would memory that glibc keeps apart for each thread.
export MALLOC_ARENA_MAX=1
bulk='-Xmn8m -XX:SurvivorRatio=2 -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=50000'
bulk="$bulk -XX:Tier4CompileThreshold=200000 -XX:Tier4BackEdgeThreshold=800000"
# But for the digest of the input: that compiler has the processor's own instructions for it, while
# what the first one makes of it takes a tenth of the time of a load of some megabytes.
digest=sun.security.provider.DigestBase::implCompressMultiBlock0
bulk="$bulk -XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,$digest,0.001"
# Rows that were read ahead are to be garbage while they are young. A large value is not to be copied
# while it is, which would take as long as reading it.
ahead='-Xmn16m -XX:SurvivorRatio=6 -XX:PretenureSizeThreshold=1m'
kind=short collector=-XX:+UseSerialGC settings='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=100 -Xms8m'
# A command that has nothing to clean up leaves SIGINT, SIGTERM and SIGHUP to the kernel, which ends
# the process at any moment, also while the JVM starts. The others handle them: see Signals.java.
signals=-Xrs
for word; do
  case $word in
    admin | proto) settings='' signals='' ;;
    # What is compiled here is small, and SQLite's part is the larger one: the first compiler does.
    export) signals='' settings="-XX:TieredStopAtLevel=1 $ahead" ;;
    scan) settings="-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 $ahead" ;;
    stream | import | convert)
      kind=bulk settings=$bulk
      # Ctrl-C ends the producer at the other end of a pipe, too. The end of the input that follows
      # must not be taken for that of the load, so there the kernel is to be first. What -o leaves
      # unfinished goes with the next file in that folder.
      if [ ! -p /dev/stdin ]; then signals=''; fi ;;
    backup | restore | import-fs | export-fs | check)
      kind=bulk signals='' settings=$bulk ;;
    install | uninstall) signals='' ;;
    serve)
      # Runs long and does the same over and over: the optimising compiler pays at once. The G1
      # collector takes the garbage of large values away without stopping the other requests; the
      # serial one would let the heap grow to gigabytes first. It is not to enlarge the heap in order to
      # run less often: what small requests need is young for moments only.
      kind=bulk signals='' settings='-Xms64m -Xmn32m -Xmx768m'
      collector='-XX:+UseG1GC -XX:G1HeapRegionSize=1m -XX:GCTimeRatio=2 -XX:+ExplicitGCInvokesConcurrent'
      collector="$collector -XX:G1PeriodicGCInterval=60000" ;;
    get)
      # Addresses on standard input may be many.
      case " $* " in *' - '*) kind=bulk settings=$bulk ;; esac ;;
    # Half of a long list would be over before anything is compiled.
    keys | ls) settings='-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -Xms8m' ;;
    set | exists | del | copy | move | incr | ttl | touch) ;;
    *) continue ;;
  esac
  break
done

# Whatever makes the database then hashes this password, too.
if [ "${PRONTO_ADMIN_PASS-}" ] && [ $kind = short ]; then settings=; fi

# PRONTO_JAVA_OPTIONS is for those who measure.
# shellcheck disable=SC2086 # several options each
exec "$home/bin/java" -XX:AOTCache="$home/lib/$kind.aot" $collector $settings $signals @COMMON@ \
  -Dorg.sqlite.lib.path="$home/lib" -Dorg.sqlite.lib.name=@SQLITE@ \
  ${PRONTO_JAVA_OPTIONS-} -m org.prontodb/org.prontodb.cli.Main "$@"
