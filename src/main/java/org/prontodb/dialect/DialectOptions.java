package org.prontodb.dialect;

import org.prontodb.model.Delimiter;

/**
 * What a dialect has to know from outside.
 *
 * @param delimiter the delimiter in force at the beginning
 * @param table for the dialects that write records in tables and lines
 */
public record DialectOptions(Delimiter delimiter, TableOptions table) {
  public static final DialectOptions DEFAULT = new DialectOptions(Delimiter.DEFAULT);

  public DialectOptions(Delimiter delimiter) {
    this(delimiter, TableOptions.DEFAULT);
  }
}
