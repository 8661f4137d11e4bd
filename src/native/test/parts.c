/*
 * Tests of the C parts, a process for each, as `parts NAME`. Ends with 0, or with 1 after a line
 * that says which fact does not hold. test.sh compiles it, together with the parts, and runs it.
 */
#define _GNU_SOURCE
#include "amd64cpufeatures.h"
#include "pronto.h"
#include "svm_locale.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern const char *pronto_localtime;
extern const char *pronto_zoneinfo;

char *SVM_FindJavaTZmd(const char *mappings, int length);
int svm_initialize_locale(void);
svm_locale_props_t *svm_get_locale(void);
int cSunMiscSignal_open(void);
int cSunMiscSignal_close(void);
int cSunMiscSignal_awaitSemaphore(void);
int cSunMiscSignal_signalSemaphore(void);
int cSunMiscSignal_signalRangeCheck(int signal);
int cSunMiscSignal_checkPendingSignal(void);
void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int);
void determineCPUFeatures(CPUFeatures *features);
int checkCPUFeatures(const unsigned char *mask);
int checkCPUFeaturesOrExit(const unsigned char *mask, const char *message);
char **getEnviron(void);
int getThreadId(void);
long getThreadUserTimeSlow(int id);
int openSII(const char *path, int flags, int mode);
int openatISII(int folder, const char *path, int flags, int mode);
int fprintfSD(FILE *file, const char *format, char *text, int number);
void *mremapP(void *old, size_t old_size, size_t new_size, int flags, void *place);

#define HOLDS(fact) \
  do { \
    if (!(fact)) { \
      fprintf(stderr, "%s:%d: this does not hold: %s\n", __FILE__, __LINE__, #fact); \
      exit(1); \
    } \
  } while (0)

static int is(const char *text, const char *expected) {
  if ((!text && !expected) || (text && expected && strcmp(text, expected) == 0)) {
    return 1;
  }
  fprintf(stderr, "it is %s, not %s\n", text ? text : "NULL", expected ? expected : "NULL");
  return 0;
}

static void write_file(const char *path, const char *content) {
  FILE *file = fopen(path, "w");
  HOLDS(file);
  fputs(content, file);
  fclose(file);
}

static void zone_is(const char *expected) {
  char *zone = SVM_FindJavaTZmd(NULL, 0);
  HOLDS(is(zone, expected));
  free(zone);
}

/* In a folder of its own, which is the current one. */
static void time_zone(void) {
  pronto_localtime = "localtime";
  pronto_zoneinfo = "zoneinfo";
  HOLDS(mkdir("zoneinfo", 0700) == 0 && mkdir("zoneinfo/Europe", 0700) == 0);
  write_file("zoneinfo/UTC", "utc");
  write_file("zoneinfo/ROC", "berlin"); /* the same bytes, and a name that Java passes over */
  write_file("zoneinfo/Europe/Berlin", "berlin");

  setenv("TZ", "Asia/Tokyo", 1);
  zone_is("Asia/Tokyo");
  setenv("TZ", ":posix/Asia/Tokyo", 1);
  zone_is("Asia/Tokyo");

  setenv("TZ", "", 1); /* as if it were not set */
  zone_is(NULL);
  unsetenv("TZ");
  zone_is(NULL);
  HOLDS(symlink("../usr/share/zoneinfo/Europe/Berlin", "localtime") == 0);
  zone_is("Europe/Berlin");

  HOLDS(unlink("localtime") == 0);
  write_file("localtime", "berlin");
  zone_is("Europe/Berlin");
  write_file("localtime", "utc");
  zone_is("UTC");
  write_file("localtime", "a zone that there is not");
  zone_is(NULL);
  write_file("localtime", "");
  zone_is(NULL);

  /* A link that does not lead into zoneinfo is read as the file that it leads to. */
  HOLDS(unlink("localtime") == 0);
  write_file("copy", "berlin");
  HOLDS(symlink("copy", "localtime") == 0);
  zone_is("Europe/Berlin");

  /* What is no file, or too large for a zone, is none, and does not make it wait. */
  HOLDS(unlink("localtime") == 0 && mkfifo("localtime", 0600) == 0);
  zone_is(NULL);
  HOLDS(unlink("localtime") == 0);
  write_file("localtime", "x");
  HOLDS(truncate("localtime", 1 << 20) == 0);
  zone_is(NULL);
}

static void locale_is(const char *name, const char *language, const char *country) {
  setenv("LC_ALL", name, 1);
  HOLDS(svm_initialize_locale() == SVM_LOCALE_INITIALIZATION_SUCCEEDED);
  HOLDS(is(svm_get_locale()->format_language, language));
  HOLDS(is(svm_get_locale()->display_language, language));
  HOLDS(is(svm_get_locale()->format_country, country));
  HOLDS(is(svm_get_locale()->display_country, country));
  HOLDS(!svm_get_locale()->format_script && !svm_get_locale()->display_variant);
}

static void locales(void) {
  locale_is("C", "en", NULL);
  locale_is("POSIX", "en", NULL);
  locale_is("C.UTF-8", "en", NULL);
  locale_is("de_DE.UTF-8", "de", "DE");
  locale_is("fr@euro", "fr", NULL);
  setenv("LANG", "it_IT", 1);
  locale_is("", "it", "IT"); /* empty is not set */
  unsetenv("LC_ALL");
  setenv("LC_MESSAGES", "es_ES.UTF-8", 1);
  HOLDS(svm_initialize_locale() == SVM_LOCALE_INITIALIZATION_SUCCEEDED);
  HOLDS(is(svm_get_locale()->format_language, "it"));
  HOLDS(is(svm_get_locale()->display_country, "ES"));
}

/* What the process begins with, whatever the user's locale is: test.sh sets another. */
static void utf8(void) {
  HOLDS(is(getenv("LC_ALL"), "C.UTF-8"));
}

static void *wake(void *unused) {
  (void)unused;
  HOLDS(cSunMiscSignal_signalSemaphore() == 0);
  return NULL;
}

static void signals(void) {
  HOLDS(!cSunMiscSignal_signalRangeCheck(0) && !cSunMiscSignal_signalRangeCheck(NSIG));
  HOLDS(cSunMiscSignal_signalRangeCheck(SIGTERM));
  HOLDS(cSunMiscSignal_open() == 0);
  HOLDS(cSunMiscSignal_open() == -1 && errno == EBUSY);
  HOLDS(cSunMiscSignal_checkPendingSignal() == -1);

  struct sigaction action = {.sa_handler = cSunMiscSignal_signalHandlerFunctionPointer()};
  HOLDS(sigaction(SIGINT, &action, NULL) == 0 && sigaction(SIGTERM, &action, NULL) == 0);
  errno = 0;
  raise(SIGTERM);
  raise(SIGINT);
  raise(SIGINT);
  HOLDS(errno == 0);
  for (int i = 0; i < 3; i++) {
    HOLDS(cSunMiscSignal_awaitSemaphore() == 0);
  }
  HOLDS(cSunMiscSignal_checkPendingSignal() == SIGINT);
  HOLDS(cSunMiscSignal_checkPendingSignal() == SIGINT);
  HOLDS(cSunMiscSignal_checkPendingSignal() == SIGTERM);
  HOLDS(cSunMiscSignal_checkPendingSignal() == -1);

  pthread_t thread;
  HOLDS(pthread_create(&thread, NULL, wake, NULL) == 0);
  HOLDS(cSunMiscSignal_awaitSemaphore() == 0 && cSunMiscSignal_checkPendingSignal() == -1);
  HOLDS(pthread_join(thread, NULL) == 0);

  HOLDS(cSunMiscSignal_close() == 0);
  HOLDS(cSunMiscSignal_open() == 0);
}

/* A mask that asks for what the processor has, and for one feature that it lacks. */
static void ask(unsigned char *mask, size_t missing) {
  CPUFeatures features = {0};
  determineCPUFeatures(&features);
  memset(mask, 0xff, sizeof features);
  for (size_t i = 0; i < sizeof features; i++) {
    if (((unsigned char *)&features)[i] || i == missing) {
      mask[i] = 0xfe;
    }
  }
}

static void cpu(void) {
  unsigned char mask[sizeof(CPUFeatures)];
  CPUFeatures features = {0};
  determineCPUFeatures(&features);
  HOLDS(features.fSSE2 && features.fCMOV);
  ask(mask, sizeof mask);
  HOLDS(checkCPUFeatures(mask) == 0 && checkCPUFeaturesOrExit(mask, "") == 0);
  ask(mask, offsetof(CPUFeatures, fAVX10_2)); /* which determineCPUFeatures never reports */
  HOLDS(checkCPUFeatures(mask) == 1);
}

/* Ends in the JVM image, which test.sh has put beside this program. */
static void old_cpu(void) {
  unsigned char mask[sizeof(CPUFeatures)];
  ask(mask, offsetof(CPUFeatures, fAVX10_2));
  checkCPUFeaturesOrExit(mask, "");
}

static void processes(void) {
  setenv("PRONTO_PARTS", "here", 1);
  int found = 0;
  for (char **variable = getEnviron(); *variable; variable++) {
    found |= strcmp(*variable, "PRONTO_PARTS=here") == 0;
  }
  HOLDS(found);
  HOLDS(getThreadId() == getpid());
  volatile unsigned work = 0;
  while (getThreadUserTimeSlow(getThreadId()) == 0) { /* a clock's tick, or the test hangs */
    for (int i = 0; i < 1000000; i++) {
      work += 1;
    }
  }
  HOLDS(getThreadUserTimeSlow(getThreadId()) > 0);
  HOLDS(getThreadUserTimeSlow(-1) == -1);

  int file = openSII("made", O_CREAT | O_RDWR | O_EXCL, 0640);
  struct stat status;
  HOLDS(file >= 0 && fstat(file, &status) == 0 && (status.st_mode & 0777) == 0640);
  HOLDS(openatISII(AT_FDCWD, "made", O_RDONLY, 0) >= 0);
  FILE *stream = fdopen(file, "r+");
  char line[32];
  HOLDS(fprintfSD(stream, "%s %d\n", "text", 7) == 7);
  rewind(stream);
  HOLDS(fgets(line, sizeof line, stream) && is(line, "text 7\n"));

  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memory[0] = 'x';
  char *moved = mremapP(memory, page, 64 * page, MREMAP_MAYMOVE, NULL);
  HOLDS(moved != MAP_FAILED && moved[0] == 'x');
}

/* test.sh has closed them: a constructor has opened them, each the wrong way round. */
static void closed_streams(void) {
  char byte = 0;
  HOLDS(read(0, &byte, 1) == -1 && errno == EBADF);
  HOLDS(write(1, &byte, 1) == -1 && errno == EBADF);
  HOLDS(open("/dev/null", O_RDONLY) == 3);
}

/* A constructor has seen to it that a write fails, rather than ends the process. */
static void failed_writes(void) {
  int ends[2];
  HOLDS(pipe(ends) == 0 && close(ends[0]) == 0);
  HOLDS(write(ends[1], "x", 1) == -1 && errno == EPIPE);
  struct rlimit none = {0, 0};
  HOLDS(setrlimit(RLIMIT_FSIZE, &none) == 0);
  int file = open("file", O_CREAT | O_WRONLY, 0600);
  HOLDS(write(file, "x", 1) == -1 && errno == EFBIG);
}

static void unimplemented(void) {
  pronto_unimplemented("JVM_DoesNotExist");
}

int main(int count, char **words) {
  static const struct {
    const char *name;
    void (*run)(void);
  } tests[] = {{"time_zone", time_zone},         {"locales", locales},
               {"signals", signals},             {"cpu", cpu},
               {"old_cpu", old_cpu},             {"processes", processes},
               {"closed_streams", closed_streams}, {"failed_writes", failed_writes}, {"utf8", utf8},
               {"unimplemented", unimplemented}};
  for (size_t i = 0; count > 1 && i < sizeof tests / sizeof *tests; i++) {
    if (strcmp(words[1], tests[i].name) == 0) {
      tests[i].run();
      return 0;
    }
  }
  fprintf(stderr, "no such test\n");
  return 2;
}
