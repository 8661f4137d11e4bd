package org.prontodb.app;

import java.io.IOException;
import java.util.List;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.CommandReader;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/** A reader that answers as another one does, as far as a subclass does not know better. */
abstract class ForwardingReader implements CommandReader {
  protected final CommandReader reader;

  ForwardingReader(CommandReader reader) {
    this.reader = reader;
  }

  @Override
  public BatchCommand next() throws IOException {
    return reader.next();
  }

  @Override
  public Position position() {
    return reader.position();
  }

  @Override
  public Problem locate(Problem problem, boolean atValue) {
    return reader.locate(problem, atValue);
  }

  @Override
  public byte[] statement() {
    return reader.statement();
  }

  @Override
  public byte[] heading() {
    return reader.heading();
  }

  @Override
  public boolean isTooLong() {
    return reader.isTooLong();
  }

  @Override
  public byte[] sha256() {
    return reader.sha256();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public long nulls() {
    return reader.nulls();
  }

  @Override
  public List<String> warnings() {
    return reader.warnings();
  }

  @Override
  public long bytesRead() {
    return reader.bytesRead();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
