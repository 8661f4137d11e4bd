package org.prontodb.compression;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How files are made smaller. What is read is told apart by its first bytes, what is written by the
 * file's name. The home of the libraries that do it.
 */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst");

  private static final int BUFFER = 1 << 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the names of such files, with the dot. */
  public String suffix() {
    return suffix;
  }

  /** What a file of this name is to be compressed with. */
  public static Compression ofFile(String name) {
    return GZIP.ends(name) ? GZIP : ZSTD.ends(name) ? ZSTD : NONE;
  }

  private boolean ends(String name) {
    int from = name.length() - suffix.length();
    return name.regionMatches(true, from, suffix, 0, suffix.length());
  }

  /** {@code name} without the ending that says how the file is compressed. */
  public static String nameWithout(String name) {
    return name.substring(0, name.length() - ofFile(name).suffix.length());
  }

  /**
   * What {@code in} holds, uncompressed. Nothing is read before it is asked for, and no more than
   * it takes to answer.
   *
   * @param name what to call the input in an error
   */
  public static InputStream undo(InputStream in, String name) {
    return new PlainInput(in, name);
  }

  /** Writes compressed into {@code out}, which is closed with what this returns. */
  public OutputStream writer(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER);
      case ZSTD -> new ZstdOutputStreamNoFinalizer(out);
    };
  }
}
