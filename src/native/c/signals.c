/*
 * How a signal reaches Java: the handler counts it and posts a semaphore, on which a thread of the
 * image waits that then calls Java's handler. The contract is that of
 * com.oracle.svm.core.posix.headers.CSunMiscSignal. Only what signal-safety(7) allows is called in
 * the handler.
 */
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool is_open;
static atomic_long pending[NSIG];
static sem_t posted;

/* Claims the signals of the process: 0, or -1 with errno EBUSY if another isolate has them. */
int cSunMiscSignal_open(void) {
  bool expected = false;
  if (!atomic_compare_exchange_strong(&is_open, &expected, true)) {
    errno = EBUSY;
    return -1;
  }
  for (int signal = 0; signal < NSIG; signal++) {
    atomic_store(&pending[signal], 0);
  }
  return sem_init(&posted, 0, 0);
}

/* Gives them back: 0, or -1 with errno. */
int cSunMiscSignal_close(void) {
  int status = sem_destroy(&posted);
  atomic_store(&is_open, false);
  return status;
}

/* Waits until a signal has come, or signalSemaphore has been called: 0, or -1 with errno. */
int cSunMiscSignal_awaitSemaphore(void) {
  int status;
  do {
    status = sem_wait(&posted);
  } while (status == -1 && errno == EINTR);
  return status;
}

/* Wakes the thread that waits, without a signal: 0, or -1 with errno. */
int cSunMiscSignal_signalSemaphore(void) {
  return sem_post(&posted);
}

/* Whether there can be a signal of this number. */
int cSunMiscSignal_signalRangeCheck(int signal) {
  return signal > 0 && signal < NSIG;
}

/* Takes a signal that has come and was not yet taken: its number, or -1 if there is none. */
int cSunMiscSignal_checkPendingSignal(void) {
  for (int signal = 1; signal < NSIG; signal++) {
    long count = atomic_load(&pending[signal]);
    while (count > 0) {
      if (atomic_compare_exchange_weak(&pending[signal], &count, count - 1)) {
        return signal;
      }
    }
  }
  return -1;
}

static void count(int signal) {
  int saved = errno;
  atomic_fetch_add(&pending[signal], 1);
  sem_post(&posted);
  errno = saved;
}

/* The handler to install for whatever signal Java asks for. */
void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int) {
  return count;
}
