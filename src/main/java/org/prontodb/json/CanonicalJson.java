package org.prontodb.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.prontodb.json.JsonReader.Token;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Text;

/**
 * Copies a value into its canonical spelling: names sorted by code point, no white space, numbers
 * digit for digit, strings with the fewest and shortest escapes.
 *
 * <p>The members of an object are copied in the order in which they come, and put in order when it
 * ends. UTF-8 sorts as the code points do, so bytes are all there is to compare.
 */
final class CanonicalJson {
  private final JsonReader reader;
  private final ByteBuilder out;
  private final ArrayList<List<Member>> open = new ArrayList<>();

  /** A member's name, and where its copy begins and ends, its comma left out. */
  private record Member(byte[] name, int nameOffset, int from, int to) {
    Member endingAt(int end) {
      return new Member(name, nameOffset, from, end);
    }
  }

  CanonicalJson(JsonReader reader, ByteBuilder out) {
    this.reader = reader;
    this.out = out;
  }

  /** Copies the value that {@code first}, the token last read, begins. */
  void copy(Token first) throws JsonSyntaxException {
    Token token = first;
    boolean needsComma = false;
    while (true) {
      if (needsComma && token != Token.END_ARRAY && token != Token.END_OBJECT) {
        out.append(',');
      }
      needsComma = true;
      switch (token) {
        case BEGIN_ARRAY -> {
          open.add(null);
          out.append('[');
          needsComma = false;
        }
        case BEGIN_OBJECT -> {
          open.add(new ArrayList<>());
          out.append('{');
          needsComma = false;
        }
        case END_ARRAY -> {
          open.removeLast();
          out.append(']');
        }
        case END_OBJECT -> {
          sortMembers(open.removeLast());
          out.append('}');
        }
        case NAME -> {
          int from = out.length();
          reader.appendCanonicalString(out);
          out.append(':');
          open.getLast().add(new Member(reader.string(), reader.start(), from, from));
          needsComma = false;
        }
        case STRING -> reader.appendCanonicalString(out);
        case NUMBER, TRUE, FALSE, NULL -> reader.appendVerbatim(out);
        case END -> throw new IllegalStateException("the value has ended before");
      }
      if (needsComma) {
        if (open.isEmpty()) {
          return;
        }
        endMember(open.getLast());
      }
      token = reader.next();
    }
  }

  private void endMember(List<Member> members) {
    if (members != null) {
      members.set(members.size() - 1, members.getLast().endingAt(out.length()));
    }
  }

  private void sortMembers(List<Member> members) throws JsonSyntaxException {
    if (isAscending(members)) {
      return;
    }
    List<Member> sorted = new ArrayList<>(members);
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
    refuseDuplicates(sorted);
    int first = members.getFirst().from;
    byte[] copy = Arrays.copyOfRange(out.array(), first, out.length());
    out.setLength(first);
    for (Member member : sorted) {
      if (out.length() > first) {
        out.append(',');
      }
      out.append(copy, member.from - first, member.to - first);
    }
  }

  private static boolean isAscending(List<Member> members) {
    for (int i = 1; i < members.size(); i++) {
      if (Arrays.compareUnsigned(members.get(i - 1).name, members.get(i).name) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The sort is stable, so of two equal names the one that came second stands second. */
  private static void refuseDuplicates(List<Member> sorted) throws JsonSyntaxException {
    Member duplicate = null;
    for (int i = 1; i < sorted.size(); i++) {
      Member member = sorted.get(i);
      if (Arrays.equals(sorted.get(i - 1).name, member.name)
          && (duplicate == null || member.nameOffset < duplicate.nameOffset)) {
        duplicate = member;
      }
    }
    if (duplicate != null) {
      throw new JsonSyntaxException(
          duplicate.nameOffset,
          "the name \"" + Text.visible(utf8(duplicate.name)) + "\" stands twice in one object",
          "keep one of them");
    }
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
