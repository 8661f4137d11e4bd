package org.prontodb.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.prontodb.model.Expiry;
import org.prontodb.model.Lifetime;
import org.prontodb.store.NamespaceInfo;

/**
 * Copies what a namespace's transaction writes to an output, but only once it is committed; until
 * then it waits in memory, or in a spill file if there is much of it.
 */
final class Tee implements AutoCloseable {
  private final Spool spool;
  private final EntryWriter writer;
  private final OutputStream out;

  Tee(LoadCopy copy, SpillFiles spillFiles) {
    this.out = copy.out();
    this.spool = new Spool(spillFiles);
    this.writer = copy.writer().apply(spool);
  }

  void namespace(NamespaceInfo info) {
    run(() -> writer.namespace(info.namespace(), info.cache()));
  }

  void put(byte[] key, byte[] value, Lifetime lifetime) {
    Expiry expiry = lifetime == null ? null : new Expiry.At(lifetime.expiresAt());
    run(() -> writer.put(key, value, expiry));
  }

  void delete(byte[] key) {
    run(() -> writer.delete(key));
  }

  void committed() {
    run(
        () -> {
          writer.flush();
          spool.moveTo(out);
          out.flush();
        });
  }

  /** Whether nobody gets the rest of the copy. */
  boolean isCutOff() {
    return out instanceof CopyOutput copy && copy.isCutOff();
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    spool.close();
  }
}
