package org.prontodb.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.Function;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.StoredAuthentication;
import org.prontodb.batch.BatchExecutor;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.EntryWriter;
import org.prontodb.batch.LoadCopy;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.batch.LoadSender;
import org.prontodb.batch.LoadTarget;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Namespace;

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
   * @param by whom the receipt names where no sender has authenticated
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
   * As above, for a sender who is known: their grants apply, and the inputs hold no preamble.
   *
   * @param sender what {@link Accounts} answered, confirmed again in each transaction
   */
  public BatchReport load(
      List<LoadInput> inputs, LoadOptions options, LoadListener listener, Identity sender) {
    return load(inputs, options, listener, sender, null, null);
  }

  /**
   * Reads the body of a request as one load of {@code sender} and applies it.
   *
   * @param start the namespace chosen at the beginning, or null
   * @param asked whether to change nothing and tell the listener what the load would do, and what
   *     else the request asks of a load
   */
  public BatchReport load(
      BodyInput body,
      Namespace start,
      LoadOptions.Builder asked,
      LoadListener listener,
      Identity sender)
      throws IOException {
    LoadOptions options =
        asked
            .startingIn(start == null ? null : start.project(), start == null ? null : start.name())
            .delimiter(database.delimiter())
            .build();
    if (!options.check()) {
      return load(List.of(body), options, listener, sender);
    }
    try (InputStream staged = stage(body.bytes())) {
      return load(List.of(body.with(staged)), options, listener, sender);
    }
  }

  /**
   * Reads {@code input} to its end into a file that has no name, and answers what reads that file:
   * a plan is made on one view of the database, which is not to be held while waiting for input.
   */
  private InputStream stage(InputStream input) throws IOException {
    FileChannel file = new StagingFiles(database.file()).create();
    try {
      input.transferTo(Channels.newOutputStream(file));
      file.position(0);
      return Channels.newInputStream(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
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
    LoadTarget target =
        new LoadTarget(
            database.store(),
            new StoredAuthentication(new Passwords()),
            database.writeRules(),
            database::now,
            new StagingFiles(database.file()));
    return new BatchExecutor(
            target,
            options,
            listener,
            new LoadSender(sender, by),
            copy == null ? null : new LoadCopy(copy, streamWriter))
        .run(inputs);
  }
}
