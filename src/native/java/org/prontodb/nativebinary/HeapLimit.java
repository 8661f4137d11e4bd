package org.prontodb.nativebinary;

import com.oracle.svm.core.heap.DynamicHeapSizeManager;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * How large the heap may become. The collector would let garbage lie until there are 128 MB and
 * more; with a limit it collects the old generation earlier. A fixed limit is no way out, since a
 * value of the largest size needs many times as much as a load of ordinary ones, so this one gives
 * way to what is in use.
 *
 * <p>The collector's policy named {@code Dynamic} asks for it, without allocating.
 */
final class HeapLimit implements DynamicHeapSizeManager {
  /** A load of ordinary values is as fast with this as with more, in bytes. */
  private static final long LEAST = 48L << 20;

  private long limit = LEAST;

  /** Has the builder put it into the image. */
  static final class Registration implements Feature {
    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
      ImageSingletons.add(DynamicHeapSizeManager.class, new HeapLimit());
    }
  }

  @Override
  public UnsignedWord maxHeapSize() {
    return WordFactory.unsigned(limit);
  }

  /** Asked after each collection, with what is still in use: half of the memory is enough. */
  @Override
  public boolean outOfMemory(UnsignedWord used) {
    long bytes = used.rawValue();
    if (bytes <= limit) {
      return false;
    }
    limit = bytes + bytes / 2;
    return bytes > physicalMemory() / 2;
  }

  /** In bytes; see src/native/c/start.c. */
  @CFunction(value = "pronto_physical_memory", transition = Transition.NO_TRANSITION)
  private static native long physicalMemory();
}
