package org.prontodb.store;

import java.io.InputStream;

/** All of a store as it was at one moment, as bytes that a {@link Restoration} takes. */
public interface Snapshot extends AutoCloseable {
  /** How many bytes {@link #content} has. */
  long size();

  /** To be read once. */
  InputStream content();

  /** The version of the store's format. */
  int schemaVersion();

  /** How many namespaces are in it. */
  int namespaces();

  @Override
  void close();
}
