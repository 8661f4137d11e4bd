package org.prontodb.dialect;

import java.io.OutputStream;
import java.util.List;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;

/** One way to write down the same commands and the same records. */
public interface Dialect {
  /** The word for {@code --from}, {@code --to} and {@code --format}. */
  String name();

  /** The endings of file names that mean this dialect, without the dot. */
  List<String> suffixes();

  /**
   * Whether records are rows of columns, so that a header and a choice of columns mean something.
   */
  default boolean isTable() {
    return false;
  }

  /** What reads it, in the words of {@code --verbose}. */
  default String readBy(DialectOptions options) {
    return "its own reader";
  }

  CommandReader reader(Source source, DialectOptions options);

  /** The writer, which does not close {@code out}. */
  EntryWriter writer(OutputStream out, DialectOptions options);
}
