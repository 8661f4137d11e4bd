package org.prontodb.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.prontodb.compression.Compression;
import org.prontodb.compression.ValueCompressor;
import org.prontodb.compression.ValueCompressor.DamagedException;
import org.prontodb.model.ProntoException;

/** Compressed files and compressed values, damaged in any way. */
final class CompressionFuzz implements FuzzTarget {
  private static final int ENOUGH = 4 << 20;

  @Override
  public void run(byte[] input) throws IOException {
    try (InputStream plain = Compression.undo(new ByteArrayInputStream(input), "input")) {
      byte[] buffer = new byte[1 << 13];
      int count;
      for (int sum = 0; sum < ENOUGH && (count = plain.read(buffer)) >= 0; sum += count) {}
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
    try (ValueCompressor values = new ValueCompressor()) {
      byte[] frame = values.compress(input, 3);
      if (frame != null && !Arrays.equals(input, decompressed(values, frame))) {
        throw new AssertionError("compressed and not the same again");
      }
      try {
        values.decompress(input);
      } catch (DamagedException e) {
        return;
      }
    }
  }

  private static byte[] decompressed(ValueCompressor values, byte[] frame) {
    try {
      return values.decompress(frame);
    } catch (DamagedException e) {
      throw new AssertionError(e);
    }
  }
}
