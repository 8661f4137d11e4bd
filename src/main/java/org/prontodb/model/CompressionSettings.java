package org.prontodb.model;

/**
 * How a namespace stores the values that are written from now on. What is stored already stays as
 * it is, since each value says for itself how it is stored.
 *
 * @param on whether values are compressed with zstd where that makes them smaller
 * @param level how hard zstd tries, from 1 to {@link #MAX_LEVEL}
 */
public record CompressionSettings(boolean on, int level) {
  /** What zstd itself takes unless told otherwise. */
  public static final int DEFAULT_LEVEL = 3;

  public static final int MAX_LEVEL = 22;

  /** The settings of a namespace for which none were set. */
  public static final CompressionSettings NONE = new CompressionSettings(false, DEFAULT_LEVEL);
}
