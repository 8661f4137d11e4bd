/*
 * The user's locale, for formats and for messages. The contract is that of
 * com.oracle.svm.core.c.locale.LocaleCHelper; how a name such as de_DE.UTF-8@euro becomes a locale
 * of Java is told by java.util.Locale, and that C and POSIX are en is the JDK's own choice
 * (ParseLocale in java_props_md.c).
 *
 * The program's output is the same in every locale: what this decides is how the JDK words its own
 * messages, and its native image holds those in English alone. So there are no tables of old
 * names here (iw for he), nor of variants.
 */
#include "svm_locale.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static svm_locale_props_t locale;

/* Language and country of the category; 0 if memory is short. */
static int parse(int category, char **language, char **country) {
  const char *name = setlocale(category, NULL);
  size_t length = name ? strcspn(name, ".@") : 0;
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
  setlocale(LC_ALL, "");
  if (parse(LC_CTYPE, &locale.format_language, &locale.format_country) &&
      parse(LC_MESSAGES, &locale.display_language, &locale.display_country)) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
  }
  return SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
}

/* What was read. */
svm_locale_props_t *svm_get_locale(void) {
  return &locale;
}
