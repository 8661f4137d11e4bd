package org.prontodb.compression;

import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** An input uncompressed, if its first bytes say that it is compressed. */
final class PlainInput extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private final InputStream in;
  private final String name;
  private InputStream plain;

  PlainInput(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    try {
      if (plain == null) {
        plain = open();
      }
      return plain.read(into, from, length);
    } catch (EOFException e) {
      throw damaged("it ends too early", e);
    } catch (ZipException e) {
      throw damaged(e.getMessage(), e);
    } catch (ZstdException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  /** Reads the first bytes, one only where that tells enough: the next may be long in coming. */
  private InputStream open() throws IOException {
    byte[] first = new byte[ZSTD.length];
    int count = 0;
    while (count < first.length && mayBecome(first, count)) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      first[count++] = (byte) next;
    }
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first, 0, count), in);
    if (count >= GZIP.length && Arrays.equals(first, 0, 2, GZIP, 0, 2)) {
      return new GzipInput(whole, BUFFER);
    }
    if (count == ZSTD.length && Arrays.equals(first, ZSTD)) {
      return new ZstdInput(whole);
    }
    return whole;
  }

  private static boolean mayBecome(byte[] first, int count) {
    return Arrays.equals(first, 0, count, GZIP, 0, Math.min(count, GZIP.length))
        || Arrays.equals(first, 0, count, ZSTD, 0, count);
  }

  private ProntoException damaged(String why, Exception cause) {
    return new ProntoException(
        Problem.of(
            Kind.CONTENT,
            Text.visible(name) + " is compressed, but damaged: " + why,
            "get the file again from where it came"),
        cause);
  }

  @Override
  public void close() throws IOException {
    try (in) {
      if (plain != null) {
        plain.close();
      }
    }
  }
}
