package org.prontodb.dialect.foreign;

/** Which escapes a format has, and what the character behind the escape character means. */
enum Escapes {
  /** No character takes its meaning from the one before it. */
  NONE,
  /** The four of our own tables: {@code \t \n \r \\}, and nothing else. */
  TSV,
  /** What {@code mysql --batch} and {@code SELECT … INTO OUTFILE} write. */
  MYSQL,
  /** What {@code COPY} writes in its text format, and what it reads. */
  POSTGRESQL,
  /** What Oracle's tools write: as Commons CSV reads escapes, and a mark for NULL. */
  ORACLE,
  /** As Commons CSV reads escapes. */
  GENERAL;

  /** The column is NULL. */
  static final int NULL = -1;

  /** The character behind the escape character stands for itself. */
  static final int ITSELF = -2;

  /** The escape character stands for itself, too. */
  static final int BOTH = -3;

  /** No escape of this format. */
  static final int INVALID = -4;

  /** The end of the data, if it stands alone on a line. */
  static final int END = -5;

  /**
   * What {@code escape} and {@code c} mean together: a byte, or one of the constants above.
   *
   * @param special whether {@code c} separates, quotes, escapes or begins a comment
   */
  int meaning(int c, boolean special) {
    return switch (this) {
      case NONE -> BOTH;
      case TSV -> c == 't' || c == 'n' || c == 'r' ? control(c) : special ? ITSELF : INVALID;
      case MYSQL ->
          switch (c) {
            case '0' -> 0;
            case 'Z' -> 0x1a;
            case 'N' -> NULL;
            case 't', 'n', 'r', 'b' -> control(c);
            default -> ITSELF;
          };
      case POSTGRESQL ->
          switch (c) {
            case 'N' -> NULL;
            case '.' -> END;
            case 't', 'n', 'r', 'b', 'f', 'v' -> control(c);
            default -> ITSELF;
          };
      case ORACLE -> c == 'N' ? NULL : general(c, special);
      case GENERAL -> general(c, special);
    };
  }

  private static int general(int c, boolean special) {
    return switch (c) {
      case 't', 'n', 'r', 'b', 'f' -> control(c);
      case '\t', '\n', '\r', '\b', '\f' -> ITSELF;
      default -> special ? ITSELF : BOTH;
    };
  }

  private static int control(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> 0x0b;
    };
  }

  /** Whether bytes may be written as octal or hexadecimal numbers: {@code \101}, {@code \x41}. */
  boolean hasNumbers() {
    return this == POSTGRESQL;
  }

  /** Whether only LF ends a row, so that a lone CR is a character like any other. */
  boolean endsRowsWithLineFeed() {
    return this == TSV || this == MYSQL || this == POSTGRESQL;
  }
}
