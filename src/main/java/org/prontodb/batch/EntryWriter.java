package org.prontodb.batch;

import java.io.IOException;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;

/** Writes records in a dialect. Buffers; nothing is sure to be out before {@link #close}. */
public interface EntryWriter extends AutoCloseable {

  /**
   * The records that follow belong to {@code namespace}.
   *
   * @param cache its settings if it is known to be a cache, else null
   */
  void namespace(Namespace namespace, CacheSettings cache) throws IOException;

  /**
   * One record.
   *
   * @param key UTF-8
   * @param expiry null outside caches
   * @throws org.prontodb.model.ProntoException with kind CONTENT if this dialect can not say it
   */
  void put(byte[] key, byte[] value, Expiry expiry) throws IOException;

  /**
   * The removal of a record.
   *
   * @throws org.prontodb.model.ProntoException with kind CONTENT where only records can be written
   */
  void delete(byte[] key) throws IOException;

  /**
   * What a load asks besides records: a batch, a condition, a replacement, its end.
   *
   * @throws org.prontodb.model.ProntoException with kind CONTENT where only records can be written
   */
  void ask(BatchCommand command) throws IOException;

  /** Hands on what is buffered; what was written so far can be read by itself. */
  void flush() throws IOException;

  /** Ends the output and flushes it; leaves the stream beneath open. */
  @Override
  void close() throws IOException;
}
