/*
 * The user's locale, for formats and for messages. The contract is that of
 * com.oracle.svm.core.c.locale.LocaleCHelper; which variable of the environment counts is told by
 * POSIX (XBD 8.2), how a name such as de_DE.UTF-8@euro becomes a locale of Java by java.util.Locale,
 * and that C and POSIX are en is the JDK's own choice (ParseLocale in java_props_md.c).
 *
 * The names are read without setlocale(), which opens a dozen files, a tenth of a start. Nor are
 * there tables of old names here (iw for he) and of variants: start.c has set the locale to
 * C.UTF-8, as the launcher does it for a JVM, because the program's output is the same in every
 * locale. This says so to Java.
 */
#include "svm_locale.h"

#include <stdlib.h>
#include <string.h>

static svm_locale_props_t locale;

/* The value of the first of the variables that is set and not empty, or C. */
static const char *locale_of(const char *category) {
  const char *const variables[] = {"LC_ALL", category, "LANG"};
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    const char *name = getenv(variables[i]);
    if (name && *name) {
      return name;
    }
  }
  return "C";
}

/* Language and country of the category; 0 if memory is short. */
static int parse(const char *category, char **language, char **country) {
  const char *name = locale_of(category);
  size_t length = strcspn(name, ".@");
  if (length == 0 || strncmp(name, "C", length) == 0 || strncmp(name, "POSIX", length) == 0) {
    name = "en";
    length = 2;
  }
  *language = strndup(name, length);
  if (!*language) {
    return 0;
  }
  char *underscore = strchr(*language, '_');
  *country = underscore ? underscore + 1 : NULL;
  if (underscore) {
    *underscore = '\0';
  }
  return 1;
}

/* Reads the locale of the environment. */
int svm_initialize_locale(void) {
  if (parse("LC_CTYPE", &locale.format_language, &locale.format_country) &&
      parse("LC_MESSAGES", &locale.display_language, &locale.display_country)) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
  }
  return SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
}

/* What was read. */
svm_locale_props_t *svm_get_locale(void) {
  return &locale;
}
