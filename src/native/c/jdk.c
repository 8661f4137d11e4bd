/*
 * How the JDK's own libraries are begun. A static library has a JNI_OnLoad of its own name (JNI
 * specification, "Statically Linked Libraries"), which the image calls; the shared ones that stand
 * in for them all name it JNI_OnLoad.
 */
#define _GNU_SOURCE
#include "pronto.h"

#include <dlfcn.h>
#include <jni.h>

static jint load(const char *library, JavaVM *vm, void *reserved) {
  void *handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
  jint (*on_load)(JavaVM *, void *);
  /* POSIX lets a pointer to an object hold one to a function; C has no other way to say so. */
  *(void **)&on_load = handle ? dlsym(handle, "JNI_OnLoad") : NULL;
  if (!on_load) {
    pronto_unimplemented(library);
  }
  /* A library that is linked in has to ask for this version at least. */
  return on_load(vm, reserved) < 0 ? JNI_ERR : JNI_VERSION_1_8;
}

jint JNI_OnLoad_java(JavaVM *vm, void *reserved) {
  return load("libjava.so", vm, reserved);
}

jint JNI_OnLoad_net(JavaVM *vm, void *reserved) {
  return load("libnet.so", vm, reserved);
}

jint JNI_OnLoad_nio(JavaVM *vm, void *reserved) {
  return load("libnio.so", vm, reserved);
}

/* libzip.so has none, and so nothing to begin. */
jint JNI_OnLoad_zip(JavaVM *vm, void *reserved) {
  (void)vm;
  (void)reserved;
  return JNI_VERSION_1_8;
}

/* Called before them, for what a JVM of other systems has to begin; there is nothing on Linux. */
void initialize(void);
void initialize(void) {}
