/* How a function ends that the native binary has to have, and is not meant to reach. */
#include "pronto.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void pronto_unimplemented(const char *function) {
  fprintf(stderr,
          "prontodb: error: the native binary has no %s\n"
          "  hint: run it on the JVM image: PRONTO_ENGINE=jvm prontodb ..., and report this\n",
          function);
  exit(1);
}
