package org.prontodb.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * The text of an input as UTF-8, whatever its encoding. Bytes that mean nothing in it are refused,
 * never replaced. Answers with what has come; it never waits for more.
 */
final class DecodedInput extends InputStream {
  private static final int CHUNK = 1 << 14;

  private final InputStream in;
  private final Charset charset;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer characters = CharBuffer.allocate(CHUNK);
  private ByteBuffer utf8 = ByteBuffer.allocate(0);
  private CharsetDecoder decoder;
  private boolean ended;

  /** How many bytes stand before those that are still to be decoded. */
  private long offset;

  DecodedInput(InputStream in, Charset charset) {
    this.in = in;
    this.charset = charset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!utf8.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, utf8.remaining());
    utf8.get(into, from, count);
    return count;
  }

  private void decode() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    boolean last = count < 0;
    bytes.position(bytes.position() + Math.max(0, count)).flip();
    if (decoder == null) {
      // The two bytes of its mark, or of a character without one, tell the order of UTF-16.
      if (bytes.remaining() < 2 && !last) {
        return;
      }
      decoder = decoder();
    }
    do {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, characters, last);
      offset += bytes.position() - before;
      if (result.isError()) {
        throw refused(result);
      }
      if (last && !bytes.hasRemaining()) {
        decoder.flush(characters);
      }
      characters.flip();
      utf8 = StandardCharsets.UTF_8.encode(characters);
      characters.clear();
    } while (!utf8.hasRemaining() && bytes.hasRemaining() && last);
    ended = last && !bytes.hasRemaining();
  }

  private CharsetDecoder decoder() {
    Charset actual = charset.equals(StandardCharsets.UTF_16) ? utf16() : charset;
    return actual
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Without a mark the zero bytes of ASCII characters tell; Windows writes the low byte first. */
  private Charset utf16() {
    if (bytes.remaining() >= 2) {
      int mark = (bytes.get(bytes.position()) & 0xff) << 8 | bytes.get(bytes.position() + 1) & 0xff;
      if (mark == 0xfeff || mark == 0xfffe) {
        bytes.position(bytes.position() + 2);
        offset += 2;
        return mark == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      }
    }
    int zeroFirst = 0;
    int zeroSecond = 0;
    for (int i = bytes.position(); i + 1 < bytes.limit(); i += 2) {
      zeroFirst += bytes.get(i) == 0 ? 1 : 0;
      zeroSecond += bytes.get(i + 1) == 0 ? 1 : 0;
    }
    return zeroFirst > zeroSecond ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  private RuntimeException refused(CoderResult result) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(result.length(), bytes.remaining()); i++) {
      shown.append(" 0x%02x".formatted(bytes.get(bytes.position() + i) & 0xff));
    }
    return Problem.of(
            Kind.CONTENT,
            "not "
                + charset.name().toLowerCase(Locale.ROOT)
                + ": the byte"
                + shown
                + " behind "
                + offset
                + " others",
            "see which encoding the program that wrote it uses; --encoding takes its name")
        .asException();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
