package org.prontodb.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.prontodb.model.Limits;

/**
 * Makes single values smaller: each becomes a zstd frame of its own with its length and a checksum,
 * which {@code zstd -d} reads, too. Not for more than one thread.
 */
public final class ValueCompressor implements AutoCloseable {
  /** So many bytes of a frame tell how long its content is. */
  public static final int HEADER_BYTES = 18;

  private ZstdCompressCtx compressor;
  private int level;
  private ZstdDecompressCtx decompressor;

  /** A frame that does not hold what it should. */
  public static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  /** The frame for {@code value}, or null if that is not shorter. */
  public byte[] compress(byte[] value, int level) {
    if (compressor == null) {
      compressor = new ZstdCompressCtx().setChecksum(true);
    }
    if (this.level != level) {
      this.level = level;
      compressor.setLevel(level);
    }
    byte[] frame = compressor.compress(value);
    return frame.length < value.length ? frame : null;
  }

  /**
   * The value in a frame. No more memory is taken than the longest value needs, whatever the frame
   * says of itself.
   */
  public byte[] decompress(byte[] frame) throws DamagedException {
    long length = length(frame);
    if (decompressor == null) {
      decompressor = new ZstdDecompressCtx();
    }
    byte[] value = new byte[(int) length];
    try {
      if (decompressor.decompress(value, frame) == length) {
        return value;
      }
    } catch (ZstdException e) {
      throw new DamagedException(e.getMessage());
    }
    throw new DamagedException("it is shorter than it says");
  }

  /**
   * How long the value in a frame is.
   *
   * @param start the first {@link #HEADER_BYTES} of the frame, or more of it
   */
  public static long length(byte[] start) throws DamagedException {
    // The library would read the first byte of nothing.
    long length = start.length == 0 ? -1 : Zstd.getFrameContentSize(start);
    if (length < 0 || Zstd.isError(length)) {
      throw new DamagedException("it is no zstd frame with a length");
    }
    if (length > Limits.VALUE_BYTES) {
      throw new DamagedException("it claims to have " + length + " bytes");
    }
    return length;
  }

  @Override
  public void close() {
    if (compressor != null) {
      compressor.close();
    }
    if (decompressor != null) {
      decompressor.close();
    }
  }
}
