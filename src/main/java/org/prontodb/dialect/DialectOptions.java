package org.prontodb.dialect;

import org.prontodb.model.Delimiter;

/**
 * What a dialect has to know from outside.
 *
 * @param delimiter the delimiter in force at the beginning
 * @param table for the dialects that write records in tables and lines
 * @param encoding the encoding of what is read or written, which whoever opens the file sees to
 */
public record DialectOptions(Delimiter delimiter, TableOptions table, Encoding encoding) {
  public static final DialectOptions DEFAULT = new DialectOptions(Delimiter.DEFAULT);

  public DialectOptions(Delimiter delimiter) {
    this(delimiter, TableOptions.DEFAULT);
  }

  public DialectOptions(Delimiter delimiter, TableOptions table) {
    this(delimiter, table, Encoding.UTF_8);
  }
}
