/*
 * The name of the machine's time zone, as a JVM on Linux finds it. The contract is that of
 * com.oracle.svm.core.LibCHelper; the order of places is that of the JDK (TimeZone_md.c):
 *
 *   1. the environment variable TZ, without a colon before it, and without "posix/";
 *   2. what /etc/localtime links to, from behind "zoneinfo/" on;
 *   3. the first file below /usr/share/zoneinfo that holds the same bytes as /etc/localtime.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* No zone has more; the largest of 2026 has 4 KB. */
enum { LARGEST = 1 << 16 };

/* The folders of a test may stand in for these. */
const char *pronto_localtime = "/etc/localtime";
const char *pronto_zoneinfo = "/usr/share/zoneinfo";

typedef struct {
  char bytes[LARGEST];
  ssize_t size;
} Zone;

/* Reads a regular file; its size becomes -1 if that fails, or if it is too large for a zone. */
static void read_zone(const char *path, Zone *zone) {
  struct stat status;
  zone->size = -1;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return;
  }
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= LARGEST) {
    zone->size = read(file, zone->bytes, (size_t)status.st_size);
  }
  close(file);
}

static int is_same(const Zone *zone, const char *path) {
  static Zone other;
  struct stat status;
  if (stat(path, &status) != 0 || status.st_size != zone->size) {
    return 0;
  }
  read_zone(path, &other);
  return other.size == zone->size && memcmp(other.bytes, zone->bytes, (size_t)zone->size) == 0;
}

/* Files that repeat a zone under a name that is none. */
static int is_no_zone(const char *name) {
  return name[0] == '.' || strcmp(name, "ROC") == 0 || strcmp(name, "posixrules") == 0 ||
         strcmp(name, "localtime") == 0;
}

/* Looks for the zone in a folder and those in it: a path to be freed, or NULL. */
static char *find(const Zone *zone, const char *folder) {
  DIR *entries = opendir(folder);
  char *found = NULL;
  struct dirent *entry;
  while (entries && !found && (entry = readdir(entries))) {
    char path[PATH_MAX];
    struct stat status;
    if (is_no_zone(entry->d_name) ||
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path ||
        stat(path, &status) != 0) {
      continue;
    }
    if (S_ISDIR(status.st_mode)) {
      found = find(zone, path);
    } else if (S_ISREG(status.st_mode) && is_same(zone, path)) {
      found = strdup(path);
    }
  }
  if (entries) {
    closedir(entries);
  }
  return found;
}

/* What stands behind "zoneinfo/", to be freed, or NULL if that does not occur. */
static char *behind_zoneinfo(const char *path) {
  static const char folder[] = "zoneinfo/";
  const char *name = strstr(path, folder);
  return name ? strdup(name + sizeof folder - 1) : NULL;
}

static char *of_localtime(void) {
  char target[PATH_MAX];
  ssize_t length = readlink(pronto_localtime, target, sizeof target - 1);
  if (length > 0) {
    target[length] = '\0';
    char *name = behind_zoneinfo(target);
    if (name) {
      return name;
    }
  }
  static Zone zone;
  read_zone(pronto_localtime, &zone);
  if (zone.size <= 0) {
    return NULL;
  }
  /* Most machines without a link have one of these. */
  static const char *const frequent[] = {"UTC", "GMT"};
  for (size_t i = 0; i < sizeof frequent / sizeof *frequent; i++) {
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", pronto_zoneinfo, frequent[i]) < (int)sizeof path &&
        is_same(&zone, path)) {
      return strdup(frequent[i]);
    }
  }
  char *path = find(&zone, pronto_zoneinfo);
  char *name = path ? strdup(path + strlen(pronto_zoneinfo) + 1) : NULL;
  free(path);
  return name;
}

/*
 * The name of the zone, which the caller frees, or NULL if it is not known; Java then takes GMT.
 * The arguments are of use on Windows alone.
 */
char *SVM_FindJavaTZmd(const char *mappings, int length) {
  (void)mappings;
  (void)length;
  const char *zone = getenv("TZ");
  if (!zone || !*zone) {
    return of_localtime();
  }
  if (*zone == ':') {
    zone++;
  }
  if (strncmp(zone, "posix/", 6) == 0) {
    zone += 6;
  }
  return strdup(zone);
}
