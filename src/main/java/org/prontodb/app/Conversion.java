package org.prontodb.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.batch.BatchCommand.BeginBatch;
import org.prontodb.batch.BatchCommand.CreateCache;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.End;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.ReplaceAll;
import org.prontodb.batch.BatchCommand.RequireAbsent;
import org.prontodb.batch.BatchCommand.RequirePresent;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectProject;
import org.prontodb.batch.BatchCommand.SelectStart;
import org.prontodb.batch.BatchCommand.SelectWithinProject;
import org.prontodb.batch.BatchCommand.SetDelimiter;
import org.prontodb.batch.BatchCommand.SetEncoding;
import org.prontodb.batch.BatchCommand.SetExpiry;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * Says in one dialect what was said in another, without a database. A preamble is left behind:
 * secrets do not pass.
 */
public final class Conversion {
  private static final int MAX_PROBLEMS = 20;

  private final CommandReader reader;
  private final Namespace start;
  private final EntryWriter writer;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Namespace, CacheSettings> caches = new HashMap<>();

  private String project;
  private Namespace namespace;

  /** Whether the writer has still to be told of the namespace. */
  private boolean untold;

  /** Whether the writer has been told of a namespace. */
  private boolean told;

  private Expiry expiry;

  /** Whether the writer has been told an expiry that holds until it is told another. */
  private boolean expiryTold;

  /**
   * @param start where the records before any directive belong, or null
   */
  public Conversion(CommandReader reader, EntryWriter writer, Namespace start) {
    this.reader = reader;
    this.writer = writer;
    this.start = start;
    choose(start);
  }

  /** What the user should know of what was read although it is no error. To be asked at the end. */
  public List<String> warnings() {
    return reader.warnings();
  }

  /**
   * Converts up to the first statement that is wrong or that the other dialect can not say; reads
   * on for more of the first sort.
   *
   * @return what is wrong, in the order of the input; empty if all was converted
   */
  public List<Problem> run() throws IOException {
    BatchCommand command;
    while (problems.size() < MAX_PROBLEMS
        && !reader.isTooLong()
        && (command = reader.next()) != null) {
      if (command instanceof Rejected rejected) {
        problems.add(rejected.problem());
      } else if (problems.isEmpty()) {
        try {
          convert(command);
        } catch (ProntoException e) {
          problems.add(reader.locate(e.problem(), false));
          return problems;
        }
      }
    }
    return problems;
  }

  private void convert(BatchCommand command) throws IOException {
    switch (command) {
      case Put put -> {
        tellNamespace();
        writer.put(put.key().utf8(), put.value(), expiry(put));
      }
      case Delete delete -> {
        tellNamespace();
        writer.delete(delete.key().utf8());
      }
      case SelectProject select -> {
        project = select.project();
        choose(null);
      }
      case SelectWithinProject select -> choose(within(select.namespace()));
      case SelectNamespace select -> choose(select.namespace());
      case SelectStart select -> choose(start);
      case CreateCache create -> {
        caches.put(namespace, create.settings());
        untold = true;
        tellNamespace();
      }
      case SetExpiry set -> expiry = set.expiry();
      case RequirePresent condition -> ask(condition);
      case RequireAbsent condition -> ask(condition);
      case ReplaceAll replace -> ask(replace);
      case BeginBatch begin -> writer.ask(begin);
      case End end -> writer.ask(end);
      case SetDelimiter inForceAlready -> {}
      case SetEncoding inForceAlready -> {}
      case Authenticate secret -> {}
      case Rejected told -> {}
    }
  }

  private void ask(BatchCommand command) throws IOException {
    tellNamespace();
    writer.ask(command);
  }

  private Namespace within(String name) {
    if (project == null) {
      throw Problem.of(
              Kind.CONTENT,
              "meta:namespace without a project",
              "write meta:project=…; first, or meta:path=…;")
          .asException();
    }
    return new Namespace(project, name);
  }

  private void choose(Namespace chosen) {
    namespace = chosen;
    untold = chosen != null;
    expiry = null;
    expiryTold = false;
    if (chosen != null) {
      project = chosen.project();
    }
  }

  private void tellNamespace() throws IOException {
    if (namespace == null && told) {
      throw Problem.of(
              Kind.CONTENT,
              "no namespace chosen",
              "the records before it name one: name this one's, or give -p and -n")
          .asException();
    }
    if (untold) {
      untold = false;
      told = true;
      writer.namespace(namespace, caches.get(namespace));
    }
  }

  private Expiry expiry(Put put) {
    Expiry asked = put.expiry() != null ? put.expiry() : expiry;
    if (asked == null && expiryTold) {
      asked = Expiry.DEFAULT;
    }
    expiryTold |= asked != null;
    return asked;
  }
}
