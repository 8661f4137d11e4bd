package org.prontodb.cli;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Writes a manual page with the macros of man(7), such that both groff and mandoc read it. What is
 * given as text is taken literally: it is escaped here.
 */
final class Roff {
  /** Longer lines of text make mandoc complain. */
  private static final int WIDTH = 78;

  private boolean headed;
  private final StringBuilder page = new StringBuilder(4096);

  /**
   * @param name of the page, such as prontodb-get
   * @param section 1 for a command, 5 for a format
   * @param date of the last change
   */
  Roff(String name, int section, LocalDate date, String version) {
    page.append(
        ".TH %s %d %s \"ProntoDB %s\" \"ProntoDB Manual\"\n"
            .formatted(escaped(name).toUpperCase(Locale.ROOT), section, date, version));
    page.append(".nh\n.ad l\n"); // an option is not to be divided
  }

  Roff section(String title) {
    page.append(".SH ").append(quoted(title.toUpperCase(Locale.ROOT))).append('\n');
    headed = true;
    return this;
  }

  Roff subsection(String title) {
    page.append(".SS ").append(quoted(title)).append('\n');
    headed = true;
    return this;
  }

  /** The line that says what the page is about, from which the index of manuals is made. */
  Roff name(String name, String summary) {
    section("name");
    return marked(escaped(name) + " \\- " + escaped(summary));
  }

  /** Begins a paragraph; the first one behind a heading needs no mark. */
  Roff paragraph() {
    if (!headed) {
      page.append(".PP\n");
    }
    return this;
  }

  /** Begins an item of a list; its text follows. */
  Roff item(String marked) {
    page.append(".TP\n").append(marked).append('\n');
    return this;
  }

  Roff bullet() {
    page.append(".IP \\(bu 2\n");
    return this;
  }

  /** Text, in lines of a readable length. */
  Roff text(String text) {
    return marked(escaped(text));
  }

  /** Text that has been escaped and may hold changes of the font. */
  Roff marked(String marked) {
    int column = 0;
    for (String word : marked.strip().split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        page.append('\n');
        column = 0;
      } else if (column > 0) {
        page.append(' ');
        column++;
      }
      if (column == 0 && (word.startsWith(".") || word.startsWith("'"))) {
        page.append("\\&");
      }
      page.append(word);
      column += word.length();
    }
    page.append('\n');
    headed = false;
    return this;
  }

  /** Lines that stay as they are, indented. */
  Roff literal(Iterable<String> lines) {
    paragraph();
    page.append(".RS 4\n.nf\n");
    for (String line : lines) {
      page.append(line.isEmpty() ? "\\&" : protectedStart(escaped(line))).append('\n');
    }
    page.append(".fi\n.RE\n");
    headed = false;
    return this;
  }

  static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** Such that the characters come out as they are, and can be copied into a shell. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '"' -> escaped.append("\\(dq");
                default -> {
                  if (c < 0x80) {
                    escaped.append((char) c);
                  } else {
                    escaped.append("\\[u%04X]".formatted(c));
                  }
                }
              }
            });
    return escaped.toString();
  }

  private static String quoted(String text) {
    return "\"" + escaped(text) + "\"";
  }

  private static String protectedStart(String line) {
    return line.startsWith(".") ? "\\&" + line : line;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
