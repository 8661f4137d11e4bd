package org.prontodb.dialect.foreign;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.prontodb.dialect.Spelling;

/**
 * How a program writes tables.
 *
 * @param separator what stands between two columns
 * @param quote what stands around a column, or -1
 * @param escape what takes its meaning from the character behind it, or -1
 * @param comment what a line begins with that is passed over, or -1
 * @param escapes what the escape character can say
 * @param nullText how NULL is spelt; null if the format has none
 * @param passesEmptyLines whether empty lines say nothing
 * @param passesBlanks whether blanks around a column that is not in quotes are not of it
 * @param lineEnd what ends a row that is written
 * @param namesSeparator whether a first line {@code sep=;} names the separator
 */
record TableFormat(
    String separator,
    int quote,
    int escape,
    int comment,
    Escapes escapes,
    String nullText,
    boolean passesEmptyLines,
    boolean passesBlanks,
    String lineEnd,
    boolean namesSeparator) {

  /** What the placeholder for NULL is in a column, and what keeps its length: see RowText. */
  private static final String NULL_MARK = "" + RowText.NULL + RowText.FILLER;

  /** RFC 4180. */
  static final TableFormat CSV =
      new TableFormat(",", '"', -1, -1, Escapes.NONE, null, false, false, "\n", false);

  /** Tab-separated text, as our own tables have it. */
  static final TableFormat TSV =
      new TableFormat("\t", -1, '\\', -1, Escapes.TSV, null, false, false, "\n", false);

  /** The format that Commons CSV knows by this name, its escapes read by ours. */
  static TableFormat of(CSVFormat.Predefined named, Escapes escapes) {
    CSVFormat format = named.getFormat();
    int quote = code(format.getQuoteCharacter());
    // A quote that escapes quotes is a quote twice, as everywhere.
    int escape =
        code(format.getEscapeCharacter()) == quote ? -1 : code(format.getEscapeCharacter());
    return new TableFormat(
        format.getDelimiterString(),
        quote,
        escape,
        -1,
        escape < 0 ? Escapes.NONE : escapes,
        format.getNullString(),
        format.getIgnoreEmptyLines(),
        // Trimming what stands in quotes would change it.
        format.getIgnoreSurroundingSpaces() || format.getTrim(),
        named == CSVFormat.Predefined.Excel ? "\r\n" : "\n",
        named == CSVFormat.Predefined.Excel);
  }

  private static int code(Character character) {
    return character == null ? -1 : character;
  }

  /** This format, but for what the command line says. */
  TableFormat spelt(Spelling spelling) {
    return new TableFormat(
        spelling.separator() == null ? separator : spelling.separator(),
        spelling.quote() == null ? quote : spelling.quote(),
        spelling.escape() == null
            ? escape
            : spelling.escape().equals(spelling.quote()) || spelling.escape() == quote
                ? -1
                : spelling.escape(),
        spelling.comment() == null ? comment : spelling.comment(),
        spelling.escape() == null || escapes != Escapes.NONE ? escapes : Escapes.GENERAL,
        nullText,
        passesEmptyLines,
        passesBlanks,
        lineEnd,
        namesSeparator && spelling.separator() == null);
  }

  TableFormat withSeparator(String other) {
    return new TableFormat(
        other,
        quote,
        escape,
        comment,
        escapes,
        nullText,
        passesEmptyLines,
        passesBlanks,
        lineEnd,
        false);
  }

  /** This format, whose backslashes mean nothing. */
  TableFormat literal() {
    return new TableFormat(
        separator,
        quote,
        -1,
        comment,
        Escapes.NONE,
        nullText,
        passesEmptyLines,
        passesBlanks,
        lineEnd,
        namesSeparator);
  }

  boolean hasEscapes() {
    return escape >= 0 && escapes != Escapes.NONE;
  }

  /** Whether the character separates, quotes, escapes or begins a comment. */
  boolean isSpecial(int c) {
    return c == escape || c == quote || c == comment || (c >= 0 && separator.indexOf(c) >= 0);
  }

  byte[] separatorBytes() {
    return separator.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What Commons CSV is to do: find columns and rows. Escapes are resolved before it sees them.
   *
   * @param nullText how NULL is spelt, as the command line says, or null
   */
  CSVFormat lexer(String nullText) {
    String spelling = nullText != null ? nullText : hasEscapes() ? NULL_MARK : this.nullText;
    return CSVFormat.Builder.create()
        .setDelimiter(separator)
        .setQuote(quote < 0 ? null : (Character) (char) quote)
        .setEscape((Character) null)
        .setCommentMarker(comment < 0 ? null : (Character) (char) comment)
        .setIgnoreEmptyLines(passesEmptyLines)
        .setIgnoreSurroundingSpaces(passesBlanks)
        .setNullString(spelling)
        // So that what stands in quotes is text, whatever it says.
        .setQuoteMode(spelling == null ? null : QuoteMode.ALL_NON_NULL)
        .get();
  }
}
