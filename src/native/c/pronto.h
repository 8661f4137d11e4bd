/* What the C parts of the native binary ask of each other. */
#ifndef PRONTO_H
#define PRONTO_H

/*
 * Replaces this process by the JVM image beside the binary, with the same arguments, environment
 * and descriptors. Does not return: where there is no such image it says so and exits with 1.
 */
_Noreturn void pronto_run_on_jvm(void);

/* Says that the named function is not in the native binary, and exits with 1. */
_Noreturn void pronto_unimplemented(const char *function);

/* The memory of the machine in bytes. */
long pronto_physical_memory(void);

#endif
