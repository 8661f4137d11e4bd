package org.prontodb.dialect;

import org.prontodb.model.Delimiter;

/**
 * What a dialect has to know from outside. The table dialects' own options join it here.
 *
 * @param delimiter the delimiter in force at the beginning
 */
public record DialectOptions(Delimiter delimiter) {
  public static final DialectOptions DEFAULT = new DialectOptions(Delimiter.DEFAULT);
}
