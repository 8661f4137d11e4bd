package org.prontodb.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads gzip, of one member or several. {@link GZIPInputStream} takes whatever can not begin
 * another member for padding, and so the first bytes of one that was cut off; here nothing may
 * follow the last member.
 */
final class GzipInput extends GZIPInputStream {
  private static final int TRAILER = 8;

  /** What has been read of the compressed input before the buffer was filled. */
  private long countAtFill;

  GzipInput(InputStream in, int buffer) throws IOException {
    super(new Counting(in), buffer);
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    countAtFill = count();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    if (count < 0 && inf.getRemaining() - TRAILER + count() - countAtFill > 0) {
      throw new ZipException("what stands behind its end is not gzip, or cut off");
    }
    return count;
  }

  private long count() {
    return ((Counting) in).count;
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
