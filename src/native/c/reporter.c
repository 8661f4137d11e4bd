/*
 * libreporterchelper.so: what the builder asks while it reports its progress. It looks for the
 * library in java.home, which Builder.java points to where this is. The contract is that of the
 * native methods of com.oracle.svm.hosted.ProgressReporterCHelper; nothing of this is in the binary.
 */
#include <jni.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Columns of the terminal, or -1 if there is none. */
JNIEXPORT jint JNICALL Java_com_oracle_svm_hosted_ProgressReporterCHelper_getTerminalWindowColumns0(
    JNIEnv *env, jclass type) {
  (void)env;
  (void)type;
  struct winsize size;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : -1;
}

/* The largest resident set of the builder so far, in bytes, or -1. */
JNIEXPORT jlong JNICALL Java_com_oracle_svm_hosted_ProgressReporterCHelper_getPeakRSS0(
    JNIEnv *env, jclass type) {
  (void)env;
  (void)type;
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? (jlong)usage.ru_maxrss * 1024 : -1;
}
