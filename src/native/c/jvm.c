/*
 * libjvm.so, as the JDK's own libraries expect it: the few functions of a JVM that they call on
 * behalf of the native binary. What each has to do stands in the JDK's jvm.h and jvm_io.h
 * (src/hotspot/share/include). The version of the symbols is in libjvm.map.
 *
 * The libraries name many more, which the image answers for itself in Java. Those are made by
 * build.sh from the libraries' own lists: each ends the program with a sentence that names it.
 */
#define _GNU_SOURCE
#include "pronto.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* As vsnprintf, but -1 where the text has been cut off. */
EXPORT int jio_vsnprintf(char *text, size_t size, const char *format, va_list values) {
  if (size == 0 || size > (size_t)-1 / 2) {
    return -1;
  }
  int length = vsnprintf(text, size, format, values);
  if (length < 0 || (size_t)length >= size) {
    text[size - 1] = '\0';
    return -1;
  }
  return length;
}

EXPORT int jio_vfprintf(FILE *file, const char *format, va_list values) {
  return vfprintf(file, format, values);
}

/* The address of a symbol in a library, or NULL. */
EXPORT void *JVM_FindLibraryEntry(void *library, const char *name) {
  return dlsym(library, name);
}

/* How many processors this process may use. */
EXPORT int JVM_ActiveProcessorCount(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    return CPU_COUNT(&allowed);
  }
  return (int)sysconf(_SC_NPROCESSORS_ONLN); /* more than the set has room for */
}

EXPORT long JVM_NanoTime(void *env, void *type) {
  (void)env;
  (void)type;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

EXPORT long JVM_CurrentTimeMillis(void *env, void *type) {
  (void)env;
  (void)type;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* Makes a path of the user one of the system, in place; on Linux they are the same. */
EXPORT char *JVM_NativePath(char *path) {
  return path;
}

/* Whether the JDK's libraries are part of the executable: these are not. */
EXPORT unsigned char JVM_IsStaticallyLinked(void) {
  return 0;
}

/* Ends the process at once. */
EXPORT void JVM_Halt(int status) {
  _exit(status);
}

/* Called before that, for a JVM's own record of its end. */
EXPORT void JVM_BeforeHalt(void) {}

EXPORT void *JVM_RawMonitorCreate(void) {
  pthread_mutex_t *monitor = malloc(sizeof *monitor);
  if (monitor) {
    pthread_mutex_init(monitor, NULL);
  }
  return monitor;
}

EXPORT void JVM_RawMonitorDestroy(void *monitor) {
  pthread_mutex_destroy(monitor);
  free(monitor);
}

EXPORT int JVM_RawMonitorEnter(void *monitor) {
  return pthread_mutex_lock(monitor);
}

EXPORT void JVM_RawMonitorExit(void *monitor) {
  pthread_mutex_unlock(monitor);
}
