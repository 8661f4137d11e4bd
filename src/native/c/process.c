/*
 * The process and its threads. Contracts: com.oracle.svm.core.LibCHelper (getEnviron),
 * com.oracle.svm.core.posix.linux.LinuxLibCHelper (threads, mremapP), and, for functions of the C
 * library whose last arguments are optional, which the image can not call, Fcntl and PosixVMThreads
 * in com.oracle.svm.core.posix.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

char **getEnviron(void) {
  return environ;
}

int getThreadId(void) {
  return (int)syscall(SYS_gettid);
}

/*
 * Processor time that the thread has spent in user mode, in nanoseconds, or -1: the 14th field of
 * /proc/self/task/ID/stat (proc(5)), counted from behind the name, which may hold anything.
 */
long getThreadUserTimeSlow(int id) {
  char text[1024];
  snprintf(text, sizeof text, "/proc/self/task/%d/stat", id);
  FILE *file = fopen(text, "re");
  if (!file) {
    return -1;
  }
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = '\0';
  const char *behind_name = strrchr(text, ')');
  unsigned long ticks;
  if (!behind_name ||
      sscanf(behind_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu", &ticks) != 1) {
    return -1;
  }
  return (long)(ticks * (1000000000UL / (unsigned long)sysconf(_SC_CLK_TCK)));
}

int fprintfSD(FILE *file, const char *format, char *text, int number) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return fprintf(file, format, text, number);
#pragma GCC diagnostic pop
}

int openSII(const char *path, int flags, int mode) {
  return open(path, flags, mode);
}

int openatISII(int folder, const char *path, int flags, int mode) {
  return openat(folder, path, flags, mode);
}

void *mremapP(void *old, size_t old_size, size_t new_size, int flags, void *place) {
  return mremap(old, old_size, new_size, flags, place);
}
