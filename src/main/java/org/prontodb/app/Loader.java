package org.prontodb.app;

import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.StoredAuthentication;
import org.prontodb.batch.BatchExecutor;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.EntryWriter;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.dialect.DialectOptions;

/** Loads of many records: what {@code stream} and {@code import} do. */
public final class Loader {
  private final ProntoDb database;

  Loader(ProntoDb database) {
    this.database = database;
  }

  /**
   * Reads the inputs as one load and applies it; a preamble, or a session or API key among the
   * options, says who sends it.
   *
   * @param by whom the receipt names where nobody has authenticated
   * @param copy where what was committed is copied to as a stream, or null
   */
  public BatchReport load(
      List<LoadInput> inputs,
      LoadOptions options,
      LoadListener listener,
      String by,
      OutputStream copy) {
    return load(inputs, options, listener, null, by, copy);
  }

  /**
   * As above, for somebody who is known: the grants are theirs, and the inputs hold no preamble.
   *
   * @param sender what {@link Accounts} answered, confirmed again in each transaction
   */
  public BatchReport load(
      List<LoadInput> inputs, LoadOptions options, LoadListener listener, Identity sender) {
    return load(inputs, options, listener, sender, null, null);
  }

  private BatchReport load(
      List<LoadInput> inputs,
      LoadOptions options,
      LoadListener listener,
      Identity sender,
      String by,
      OutputStream copy) {
    Function<OutputStream, EntryWriter> streamWriter =
        out -> Dialects.STREAM.writer(out, new DialectOptions(options.delimiter()));
    return new BatchExecutor(
            new UnbornStore(database),
            new StoredAuthentication(new Passwords()),
            options,
            listener,
            database::now,
            new StagingFiles(database.file()),
            sender,
            by,
            copy,
            streamWriter)
        .run(inputs);
  }
}
