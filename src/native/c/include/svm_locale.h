/*
 * The user's locale, as the builder asks for it: com.oracle.svm.core.c.locale.LocaleCHelper names
 * the fields and constants, and reads them from this file with the C compiler.
 */
#ifndef PRONTO_SVM_LOCALE_H
#define PRONTO_SVM_LOCALE_H

#define SVM_LOCALE_INITIALIZATION_SUCCEEDED 1
#define SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY 2

/* A part that is NULL is not known, and empty for Java. */
typedef struct {
  char *format_language;
  char *format_script;
  char *format_country;
  char *format_variant;
  char *display_language;
  char *display_script;
  char *display_country;
  char *display_variant;
} svm_locale_props_t;

#endif
