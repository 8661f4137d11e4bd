package org.prontodb.dialect.stream;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.prontodb.batch.BatchCommand.ScopePart;

/**
 * What else went down with a statement that can not be read. Where a {@code ;} or a quote is
 * missing, the directives in the lines behind it become part of it, and records that come later
 * must not land where one of those would have led elsewhere.
 *
 * @param scope what is in doubt because of it, or null
 * @param secret whether the name of a secret is in it
 */
record Swallowed(ScopePart scope, boolean secret) {
  private static final int LONGEST_NAME = 64;

  /**
   * What is in the statement up to {@code end}.
   *
   * @param statements whether a directive can begin behind a {@code ;}, too, and not only in a line
   *     of its own
   */
  static Swallowed in(ByteWindow window, int end, boolean statements) {
    Set<ScopePart> parts = EnumSet.noneOf(ScopePart.class);
    boolean secret = false;
    boolean begins = true;
    for (int i = 0; i < end; i++) {
      byte b = window.byteAt(i);
      if ((b == 'm' || b == 'M') && isAt(window, i, end, Directive.PREFIX)) {
        secret |= isAt(window, i, end, Directive.SECRET_PREFIX);
        if (begins) {
          directive(window, i, end).map(Directive::scope).ifPresent(parts::add);
        }
      }
      begins =
          b == '\n' || (statements && b == ';') || (begins && (b == ' ' || b == '\t' || b == '\r'));
    }
    return new Swallowed(widest(parts), secret);
  }

  private static boolean isAt(ByteWindow window, int index, int end, String text) {
    if (end - index < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.toLowerCase(window.byteAt(index + i)) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The directive named at {@code index}, or meant. */
  private static Optional<Directive> directive(ByteWindow window, int index, int end) {
    int to = index;
    while (to < end && to - index < LONGEST_NAME && !endsName(window.byteAt(to))) {
      to++;
    }
    String name = window.text(index, to);
    return Directive.named(name).or(() -> Directive.nearest(name));
  }

  private static boolean endsName(byte b) {
    return " \t\r\n=;\"".indexOf(b) >= 0;
  }

  /** One part that stands for all: choosing a namespace anew also ends an expiry. */
  private static ScopePart widest(Set<ScopePart> parts) {
    if (parts.size() > 1) {
      parts.remove(ScopePart.EXPIRY);
      if (parts.contains(ScopePart.PROJECT)) {
        parts.remove(ScopePart.NAMESPACE);
      }
    }
    return parts.isEmpty() ? null : parts.size() == 1 ? parts.iterator().next() : ScopePart.LOAD;
  }
}
