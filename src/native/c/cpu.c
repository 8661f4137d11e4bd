/*
 * Whether the processor has what the image was compiled for. Called by the image's entry point
 * before Java's heap is there; the contract is that of com.oracle.svm.core.amd64.AMD64LibCHelper.
 */
#include "amd64cpufeatures.h"
#include "pronto.h"

#include <stddef.h>
#include <stdio.h>

/*
 * What the C compiler can tell of the processor, and of the operating system's support for wide
 * registers (https://gcc.gnu.org/onlinedocs/gcc/x86-Built-in-Functions.html). The others are left
 * at 0, "not there", which the image may always assume.
 */
#define KNOWN_FEATURES(FEATURE) \
  FEATURE(fCX8, "cmpxchg8b") FEATURE(fCMOV, "cmov") FEATURE(fFXSR, "fxsave") \
  FEATURE(fMMX, "mmx") FEATURE(fSSE, "sse") FEATURE(fSSE2, "sse2") FEATURE(fSSE3, "sse3") \
  FEATURE(fSSSE3, "ssse3") FEATURE(fSSE4A, "sse4a") FEATURE(fSSE4_1, "sse4.1") \
  FEATURE(fSSE4_2, "sse4.2") FEATURE(fPOPCNT, "popcnt") FEATURE(fLZCNT, "lzcnt") \
  FEATURE(fAVX, "avx") FEATURE(fAVX2, "avx2") FEATURE(fAES, "aes") FEATURE(fCLMUL, "pclmul") \
  FEATURE(fBMI1, "bmi") FEATURE(fBMI2, "bmi2") FEATURE(fADX, "adx") FEATURE(fFMA, "fma") \
  FEATURE(fAVX512F, "avx512f") FEATURE(fAVX512DQ, "avx512dq") FEATURE(fAVX512CD, "avx512cd") \
  FEATURE(fAVX512BW, "avx512bw") FEATURE(fAVX512VL, "avx512vl") FEATURE(fSHA, "sha") \
  FEATURE(fAVX512_VPOPCNTDQ, "avx512vpopcntdq") FEATURE(fAVX512_VPCLMULQDQ, "vpclmulqdq") \
  FEATURE(fAVX512_VAES, "vaes") FEATURE(fAVX512_VNNI, "avx512vnni") \
  FEATURE(fAVX512_VBMI2, "avx512vbmi2") FEATURE(fAVX512_VBMI, "avx512vbmi") \
  FEATURE(fAVX512_BITALG, "avx512bitalg") FEATURE(fAVX512_IFMA, "avx512ifma") \
  FEATURE(fGFNI, "gfni") FEATURE(fF16C, "f16c") FEATURE(fFLUSHOPT, "clflushopt") \
  FEATURE(fCLWB, "clwb")

/* Sets what the processor has; the caller has set all fields to 0. */
void determineCPUFeatures(CPUFeatures *features) {
  __builtin_cpu_init();
#define ASK(field, name) features->field = __builtin_cpu_supports(name) != 0;
  KNOWN_FEATURES(ASK)
#undef ASK
  features->fTSC = 1; /* every processor with 64 bits has these two */
  features->fFLUSH = 1;
  features->fVZEROUPPER = features->fAVX;
}

static const char *const names[] = {
#define NAME(field) #field + 1,
    CPU_FEATURES(NAME)
#undef NAME
};

/*
 * The first feature that the image needs and the processor lacks, or NULL. The mask has the layout
 * of CPUFeatures and is the complement of what is needed: a byte of 0xfe for a needed feature, and
 * one of 0xff for any other.
 */
static const char *missing(const unsigned char *mask) {
  CPUFeatures features = {0};
  determineCPUFeatures(&features);
  const unsigned char *there = (const unsigned char *)&features;
  for (size_t i = 0; i < sizeof features; i++) {
    if ((mask[i] | there[i]) != 0xff) {
      return names[i];
    }
  }
  return NULL;
}

/* 0 if the processor has all that is needed, else 1. */
int checkCPUFeatures(const unsigned char *mask) {
  return missing(mask) != NULL;
}

/* The same; where something is missing the JVM image takes over, after a warning. */
int checkCPUFeaturesOrExit(const unsigned char *mask, const char *message) {
  (void)message;
  const char *name = missing(mask);
  if (name) {
    fprintf(stderr,
            "prontodb: warning: this processor has no %s, which the native binary was compiled for: "
            "the JVM image runs instead\n",
            name);
    pronto_run_on_jvm();
  }
  return 0;
}
