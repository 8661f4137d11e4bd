package org.prontodb.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads zstd, of one frame or several. The library's own stream forgets the first bytes of a frame
 * that was cut off if they came together with the end of the frame before it.
 */
final class ZstdInput extends InputStream {
  private static final int BUFFER = 1 << 17;

  private final InputStream in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final byte[] chunk = new byte[BUFFER];
  private final ByteBuffer compressed = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER).limit(0);

  /** Whether a frame has begun and not ended. */
  private boolean inFrame;

  /** Whether the library may have more for us without being given more. */
  private boolean more;

  ZstdInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (!plain.hasRemaining()) {
      if (!compressed.hasRemaining() && !more && !fill()) {
        if (inFrame) {
          throw new EOFException();
        }
        return -1;
      }
      plain.clear();
      inFrame = !context.decompressDirectByteBufferStream(plain, compressed);
      more = inFrame && !plain.hasRemaining();
      plain.flip();
    }
    int count = Math.min(length, plain.remaining());
    plain.get(into, from, count);
    return count;
  }

  private boolean fill() throws IOException {
    int count = in.read(chunk);
    compressed.clear();
    compressed.put(chunk, 0, Math.max(0, count)).flip();
    return count >= 0;
  }

  @Override
  public void close() throws IOException {
    try (context) {
      in.close();
    }
  }
}
