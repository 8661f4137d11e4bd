package org.prontodb.dialect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** Takes UTF-8 and writes it in another encoding. A character that it lacks is refused. */
final class EncodedOutput extends OutputStream {
  private static final int CHUNK = 1 << 14;

  private final OutputStream out;
  private final Charset charset;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharsetEncoder encoder;

  /** The beginning of a character whose end is still to come. */
  private ByteBuffer pending = ByteBuffer.allocate(0);

  EncodedOutput(OutputStream out, Charset charset) {
    this.out = out;
    this.charset = charset;
    if (!charset.canEncode()) {
      throw Problem.of(Kind.USAGE, "nothing can be written in " + charset.name()).asException();
    }
    this.encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += CHUNK) {
      encode(from, offset + done, Math.min(CHUNK, length - done));
    }
  }

  private void encode(byte[] from, int offset, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(pending.remaining() + length);
    in.put(pending).put(from, offset, length).flip();
    CharBuffer characters = CharBuffer.allocate(in.remaining());
    CoderResult result = decoder.decode(in, characters, false);
    if (result.isError()) {
      throw Problem.of(
              Kind.CONTENT,
              "a value that is not UTF-8 can not be written in " + charset.name(),
              "write values as base64: --base64")
          .asException();
    }
    pending = in;
    characters.flip();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            (int) Math.ceil((characters.remaining() + 1) * (double) encoder.maxBytesPerChar()));
    result = encoder.encode(characters, bytes, false);
    if (result.isError()) {
      String missing = characters.subSequence(0, result.length()).toString();
      throw Problem.of(
              Kind.CONTENT,
              charset.name().toLowerCase(Locale.ROOT)
                  + " lacks the character \""
                  + missing
                  + "\" (U+%04X)".formatted(missing.codePointAt(0)),
              "choose an encoding that has it, like utf-8 or utf-16")
          .asException();
    }
    out.write(bytes.array(), 0, bytes.position());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
