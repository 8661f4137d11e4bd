/*
 * What happens before Java: the process is made ready in a constructor, which the C library calls
 * with the arguments of main() before it (https://refspecs.linuxfoundation.org/, gABI, "Initialization
 * and Termination Functions"; that they get main's arguments is the GNU C library's own).
 */
#include "pronto.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char **arguments;

/*
 * A standard stream that is closed becomes /dev/null, or the next file that is opened would take its
 * number: a database would then be written to by what prints an error. It is opened in the wrong
 * direction, as start.sh does it for a JVM, so that its use fails and the program can tell.
 */
static void open_closed_streams(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF &&
        open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) != descriptor) {
      _exit(1); /* there is no way left to tell */
    }
  }
}

static void take_notice(int signal) {
  (void)signal; /* the call that caused it fails with an error, which is told */
}

/*
 * A closed pipe and a limit for the size of files are errors of a write, not ends of the process, as
 * they are for a JVM. With a handler, since a child process inherits what is ignored.
 */
static void survive_writes(void) {
  static const int signals[] = {SIGPIPE, SIGXFSZ};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction action = {.sa_handler = take_notice, .sa_flags = SA_RESTART};
    struct sigaction before;
    if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
      sigaction(signals[i], &action, NULL);
    }
  }
}

/*
 * Whether the image may reserve its 32 GB of address space, of which it uses a small part. Where
 * `ulimit -v` forbids it, a JVM makes do with less.
 */
static int may_reserve(void) {
  struct rlimit limit;
  return getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
         limit.rlim_cur >= (rlim_t)40 << 30;
}

__attribute__((constructor)) static void start(int argc, char **argv) {
  (void)argc;
  arguments = argv;
  open_closed_streams();
  survive_writes();
  setenv("LC_ALL", "C.UTF-8", 1); /* as for a JVM: text is UTF-8 in every locale */
  /* Memory that is kept apart for each thread is a third of that of a load. */
  mallopt(M_ARENA_MAX, 1);
  if (!may_reserve()) {
    pronto_run_on_jvm();
  }
}

_Noreturn static void no_jvm_image(const char *folder) {
  fprintf(stderr,
          "prontodb: error: the JVM image that this needs is not beside the native binary in %s\n"
          "  hint: install both again, or build them: bin/build.sh --native\n",
          folder);
  exit(1);
}

_Noreturn void pronto_run_on_jvm(void) {
  /* Where the image is, seen from the binary: installed, and in a checkout's target. */
  static const char *const launchers[] = {"/../bin/prontodb", "/../prontodb/bin/prontodb"};
  char folder[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
  if (length < 0) {
    no_jvm_image("/proc, which is not mounted");
  }
  folder[length] = '\0';
  *strrchr(folder, '/') = '\0';
  for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
    char launcher[2 * PATH_MAX];
    snprintf(launcher, sizeof launcher, "%s%s", folder, launchers[i]);
    if (access(launcher, X_OK) == 0) {
      fflush(NULL);
      setenv("PRONTO_ENGINE", "jvm", 1);
      arguments[0] = launcher;
      execv(launcher, arguments);
    }
  }
  no_jvm_image(folder);
}

long pronto_physical_memory(void) {
  return sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
}
