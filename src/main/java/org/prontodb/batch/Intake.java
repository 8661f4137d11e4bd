package org.prontodb.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.prontodb.auth.Access;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Passwords;
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
import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectProject;
import org.prontodb.batch.BatchCommand.SelectStart;
import org.prontodb.batch.BatchCommand.SelectWithinProject;
import org.prontodb.batch.BatchCommand.SetDelimiter;
import org.prontodb.batch.BatchCommand.SetEncoding;
import org.prontodb.batch.BatchCommand.SetExpiry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.records.Condition;
import org.prontodb.records.WriteRefusals;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.StoreFailure;

/**
 * Reads a load: follows the directives, stages the records under their namespaces, collects what is
 * wrong. Changes nothing in the store and holds no lock in it.
 */
final class Intake {
  /** How many errors are found in one pass before reading ends. */
  static final int MAX_PROBLEMS = 20;

  private static final long PROGRESS_EVERY = 1 << 14;

  private final Views views;
  private final Authentication authentication;
  private final int maxNamespaces;
  private final LoadOptions options;
  private final LoadListener listener;
  private final LongSupplier clock;
  private final Staging staging;
  private final Preamble preamble;
  private final Map<Namespace, NamespaceLoad> loads = new HashMap<>();
  private final List<NamespaceLoad> order = new ArrayList<>();

  private CommandReader reader;
  private Scope scope;
  private Namespace startingNamespace;
  private int unknownNamespaces;
  private boolean ended;
  private boolean stopped;
  private boolean warnedOfDefaultPassword;
  private String batch;
  private boolean recordsSeen;
  private final List<String> warnings = new ArrayList<>();
  private long rows;
  private long nulls;
  private Problem failure;
  private long problems;
  private long rejected;
  private long statements;
  private long accepted;
  private long bytesBefore;

  /**
   * @param sender who is known to send this before it is read, or null
   */
  Intake(
      Views views,
      LoadTarget target,
      LoadOptions options,
      LoadListener listener,
      Staging staging,
      Identity sender) {
    this.views = views;
    this.authentication = target.authentication();
    this.maxNamespaces = target.rules().maxNamespaces();
    this.options = options;
    this.listener = listener;
    this.clock = target.clock();
    this.staging = staging;
    this.preamble = new Preamble(authentication, options, sender);
  }

  /** Prepares for the statements of a file. */
  void beginFile(CommandReader reader) {
    this.bytesBefore = bytes();
    this.reader = reader;
    this.ended = false;
    this.scope = new Scope(options.delimiter(), options.project());
    this.startingNamespace = start();
    preamble.beginFile();
  }

  /**
   * Takes the file's next statement.
   *
   * @param command null at the end of the file
   * @return false if nothing more is to be read
   */
  boolean take(BatchCommand command) {
    if (command == null) {
      endFile();
      return false;
    }
    follow(command);
    return !stopped;
  }

  private void follow(BatchCommand command) {
    if ((++statements & (PROGRESS_EVERY - 1)) == 0) {
      listener.progress(statements, bytes());
    }
    try {
      if (preamble.isOpen() && !(command instanceof Authenticate)) {
        endPreamble(command);
      }
      if (ended) {
        throw Refusal.refused(
            "a statement behind meta:end", "meta:end; is the last statement of a file");
      }
      if (scope.isBroken() && isAtItsMercy(command)) {
        skip();
      } else if (command instanceof Put put) {
        put(put);
        accepted++;
      } else {
        obey(command);
        accepted++;
      }
    } catch (StoreFailure e) {
      fail(e.problem());
    } catch (ProntoException e) {
      refuse(e.problem(), command);
    }
  }

  /** Whether the command would go to the wrong place, or go wrong, in a broken scope. */
  private boolean isAtItsMercy(BatchCommand command) {
    return switch (command) {
      case Put put -> true;
      case Delete delete -> true;
      case RequirePresent condition -> true;
      case RequireAbsent condition -> true;
      case ReplaceAll replace -> true;
      case CreateCache create -> true;
      case SetExpiry set -> scope.target() == null;
      case SelectWithinProject select -> scope.isBroken(ScopePart.PROJECT);
      case SelectProject select -> false;
      case SelectNamespace select -> false;
      case SelectStart select -> false;
      case SetDelimiter set -> false;
      case SetEncoding set -> false;
      case Authenticate statement -> false;
      case BeginBatch begin -> false;
      case End end -> false;
      case Rejected bad -> false;
    };
  }

  /** Passes over a statement whose directive was refused: its error has been told. */
  private void skip() {
    if (options.keepGoing()) {
      rejected++;
      Problem problem =
          reader.locate(
              Problem.of(
                  Kind.CONTENT,
                  "skipped, because a directive before it was refused",
                  "mend that directive and load this again"),
              false);
      listener.problem(problem);
      listener.rejected(reader, scope, problem);
    }
  }

  private void refuse(Problem problem, BatchCommand command) {
    Problem placed =
        problem.position() != null || command == null
            ? problem
            : reader.locate(problem, isDirective(command));
    note(placed, placed.kind() != Kind.DENIED);
    if (options.keepGoing() && placed.kind() != Kind.DENIED && command != null) {
      rejected++;
      listener.rejected(reader, scope, placed);
    } else if (placed.kind() == Kind.DENIED || options.commitEvery() > 0 || reader.isAdrift()) {
      stopped = true;
    } else if (problems == MAX_PROBLEMS) {
      listener.warning("stopped after " + MAX_PROBLEMS + " errors");
      stopped = true;
    }
    ScopePart part = partSetBy(command);
    if (part != null) {
      scope.breakPart(part);
    }
  }

  /**
   * @param skippable whether the load could go on without what is wrong: of those that it does skip
   *     none decides how it ends if there is one that it can't
   */
  private void note(Problem problem, boolean skippable) {
    problems++;
    if (failure == null || (options.keepGoing() && !skippable)) {
      failure = problem;
    }
    listener.problem(problem);
  }

  private static boolean isDirective(BatchCommand command) {
    return !(command instanceof Put
        || command instanceof Delete
        || command instanceof Authenticate);
  }

  /** What is in doubt for the commands that follow when this one is refused. */
  private static ScopePart partSetBy(BatchCommand command) {
    return switch (command) {
      case null -> null;
      case SelectProject select -> ScopePart.PROJECT;
      case SelectNamespace select -> ScopePart.PROJECT;
      case SelectStart select -> ScopePart.PROJECT;
      case SelectWithinProject select -> ScopePart.NAMESPACE;
      case RequirePresent condition -> ScopePart.NAMESPACE;
      case RequireAbsent condition -> ScopePart.NAMESPACE;
      case ReplaceAll replace -> ScopePart.NAMESPACE;
      case CreateCache create -> ScopePart.NAMESPACE;
      case SetExpiry set -> ScopePart.EXPIRY;
      case SetDelimiter set -> ScopePart.DELIMITER;
      case SetEncoding set -> ScopePart.ENCODING;
      case BeginBatch begin -> ScopePart.LOAD;
      case Rejected bad -> bad.scope();
      case Put put -> null;
      case Delete delete -> null;
      case Authenticate statement -> null;
      case End end -> null;
    };
  }

  private void endPreamble(BatchCommand command) {
    if (command instanceof Rejected bad && preamble.isDue()) {
      throw deniedBecause(bad.problem()).asException();
    }
    try {
      views.look(
          view -> {
            preamble.end(view, clock.getAsLong());
            return null;
          });
    } catch (StoreFailure e) {
      throw e;
    } catch (ProntoException e) {
      // What is missing is missing before the statement, not within it.
      throw command == null ? e : reader.locate(e.problem(), false).asException();
    }
    warnOfDefaultPassword();
  }

  private static Problem deniedBecause(Problem problem) {
    return new Problem(
        Kind.DENIED, problem.message(), problem.hint(), problem.position(), problem.source());
  }

  private void obey(BatchCommand command) {
    switch (command) {
      case Put put -> put(put);
      case Delete delete -> delete(delete);
      case SelectProject select -> {
        startingNamespace = null;
        scope.choose(select.project());
      }
      case SelectWithinProject select -> chooseWithinProject(select.namespace());
      case SelectNamespace select -> choose(select.namespace());
      case SelectStart select -> chooseStart();
      case SetExpiry set -> setExpiry(set.expiry());
      case SetDelimiter set -> scope.set(set.delimiter());
      case SetEncoding set -> scope.setBase64(set.base64());
      case Authenticate statement -> authenticate(statement);
      case BeginBatch begin -> beginBatch(begin.id());
      case RequirePresent required ->
          require(
              "meta:if",
              required.key(),
              required.value() == null
                  ? new Condition.Present()
                  : new Condition.Equal(required.value()));
      case RequireAbsent required -> require("meta:unless", required.key(), new Condition.Absent());
      case ReplaceAll replace -> replaceAll();
      case CreateCache create -> createCache(create);
      case End end -> ended = true;
      case Rejected bad -> throw bad.problem().asException();
    }
  }

  private void authenticate(Authenticate statement) {
    views.look(
        view -> {
          preamble.accept(statement, view, clock.getAsLong());
          return null;
        });
    warnOfDefaultPassword();
  }

  private void warnOfDefaultPassword() {
    Identity identity = preamble.identity();
    if (identity != null && identity.defaultPassword() && !warnedOfDefaultPassword) {
      warnedOfDefaultPassword = true;
      listener.warning(Passwords.defaultInUse(identity.user()));
    }
  }

  private void put(Put put) {
    NamespaceLoad target = target();
    Expiry expiry = null;
    if (target.isCache) {
      expiry = put.expiry() == null ? scope.expiry() : put.expiry();
      noteExpiry(target, expiry);
    } else if (put.expiry() != null) {
      throw Refusal.notACache(target.namespace);
    }
    staging.put(target.number, put.key().utf8(), put.value(), expiry);
    target.touched = true;
    target.bringsRecords = true;
    recordsSeen = true;
  }

  private void delete(Delete delete) {
    NamespaceLoad target = target();
    staging.delete(target.number, delete.key().utf8());
    target.touched = true;
    recordsSeen = true;
  }

  private void setExpiry(Expiry expiry) {
    NamespaceLoad target = target();
    if (!target.isCache && !(expiry instanceof Expiry.Default)) {
      throw Refusal.notACache(target.namespace);
    }
    scope.set(expiry);
    noteExpiry(target, expiry);
  }

  /** If the namespace is no cache any more when the load is applied, this place is to blame. */
  private void noteExpiry(NamespaceLoad target, Expiry expiry) {
    if (target.expiryAt == null && !(expiry instanceof Expiry.Default)) {
      target.expiryAt = here(true);
    }
  }

  private void createCache(CreateCache create) {
    NamespaceLoad target = target();
    boolean plain =
        views.look(view -> view.namespace(target.namespace)).filter(i -> !i.isCache()).isPresent();
    if (plain) {
      throw Refusal.plainAlready(target.namespace);
    }
    if (target.touched && !target.isCache) {
      throw Refusal.behindRecords("meta:cache", target.namespace);
    }
    target.isCache = true;
    if (target.createCache == null) {
      target.createCache = create.settings();
      target.createCacheAt = here(true);
    }
  }

  private void replaceAll() {
    refuseWithCommitEvery("meta:replace");
    NamespaceLoad target = target();
    if (target.touched && !target.replaces()) {
      throw Refusal.behindRecords("meta:replace", target.namespace);
    }
    if (!target.replaces()) {
      target.replaceAt = here(false);
    }
  }

  private void require(String directive, Key key, Condition condition) {
    refuseWithCommitEvery(directive);
    target().require(new NamespaceLoad.Precondition(key, condition, here(true)));
  }

  private void beginBatch(String id) {
    refuseWithCommitEvery("meta:batch");
    if (batch != null) {
      throw Refusal.refused("a second meta:batch", "a load has one batch id");
    }
    if (recordsSeen) {
      throw Refusal.refused("meta:batch behind a record", "write it right behind the preamble");
    }
    batch = id;
  }

  private void refuseWithCommitEvery(String directive) {
    if (options.commitEvery() > 0) {
      throw Problem.of(
              Kind.USAGE,
              directive + " can not be kept with --commit-every",
              "load without --commit-every, so that each namespace is one transaction")
          .asException();
    }
  }

  private void chooseWithinProject(String name) {
    if (scope.project() == null) {
      throw Refusal.refused(
          "meta:namespace without a project", "write meta:project=…; first, or meta:path=…;");
    }
    choose(new Namespace(scope.project(), name));
  }

  /** What {@code -p} and {@code -n} say, or null. */
  private Namespace start() {
    return options.namespace() == null
        ? null
        : new Namespace(options.project(), options.namespace());
  }

  private void chooseStart() {
    Namespace start = start();
    if (start == null) {
      scope.choose(options.project());
    } else {
      choose(start);
    }
  }

  private void choose(Namespace namespace) {
    startingNamespace = null;
    NamespaceLoad load = loads.get(namespace);
    if (load == null) {
      load = admit(namespace);
    }
    scope.choose(load);
  }

  /** Checks a namespace that the load names for the first time. */
  private NamespaceLoad admit(Namespace namespace) {
    NamespaceLoad load = new NamespaceLoad(order.size(), namespace, here(true));
    views.look(
        view -> {
          Identity identity = preamble.identity();
          if (identity != null && !authentication.mayWrite(view, identity, namespace)) {
            throw Grants.refusal(identity, Access.WRITE, namespace, options.delimiter());
          }
          Optional<NamespaceInfo> info = view.namespace(namespace);
          load.isCache = info.filter(NamespaceInfo::isCache).isPresent();
          if (info.isEmpty() && view.namespaceCount() + ++unknownNamespaces > maxNamespaces) {
            // Each further one would only meet the same limit.
            stopped = !options.keepGoing();
            throw WriteRefusals.tooManyNamespaces(maxNamespaces);
          }
          return null;
        });
    loads.put(namespace, load);
    order.add(load);
    return load;
  }

  private NamespaceLoad target() {
    if (scope.target() == null && startingNamespace != null) {
      choose(startingNamespace);
    }
    if (scope.target() == null) {
      scope.breakPart(ScopePart.NAMESPACE);
      throw Refusal.refused(
          "no namespace chosen", "write meta:path=project.namespace; first, or give -p and -n");
    }
    return scope.target();
  }

  private Problem here(boolean atValue) {
    return reader.locate(Problem.of(Kind.FAILED, ""), atValue);
  }

  private void endFile() {
    rows += reader.rows();
    nulls += reader.nulls();
    reader.warnings().forEach(this::warn);
    try {
      if (preamble.isPartial()) {
        endPreamble(null);
      }
    } catch (StoreFailure e) {
      fail(e.problem());
    } catch (ProntoException e) {
      refuse(reader.locate(e.problem(), false), null);
    }
  }

  private void warn(String warning) {
    warnings.add(warning);
    listener.warning(warning);
  }

  /** To be called behind the last file. */
  void endLoad() {
    refuseOtherThanExpected();
    refuseEmptyReplacement();
    if (stopped || ended || statements == 0) {
      return;
    }
    if (options.requireEnd() || batch != null) {
      // Not a statement that could be skipped: nobody knows what is missing.
      fail(
          Problem.of(
              Kind.CONTENT,
              "the input ends without meta:end, so it may have been cut off",
              options.requireEnd()
                  ? "have the producer write meta:end; as its last statement"
                  : "a load with meta:batch ends with meta:end;"));
    }
  }

  /** A table that was cut off, or written twice, has another number of rows than was promised. */
  private void refuseOtherThanExpected() {
    if (!stopped && options.expectedRows() >= 0 && rows != options.expectedRows()) {
      fail(
          Problem.of(
              Kind.CONTENT,
              "the input has "
                  + rows
                  + (rows == 1 ? " row" : " rows")
                  + ", but "
                  + options.expectedRows()
                  + " are expected",
              "see that the program that wrote it came to its end, once"));
    }
  }

  /** A producer that died must not empty a namespace that it was to fill anew. */
  private void refuseEmptyReplacement() {
    if (options.allowEmpty()) {
      return;
    }
    for (NamespaceLoad load : order) {
      if (load.replaces() && !load.bringsRecords && !stopped && !isRefused()) {
        Problem problem =
            Problem.of(
                Kind.CONTENT,
                "the input brings no record for "
                    + load.namespace
                    + ", so replacing its content would delete all of it",
                "add --allow-empty if that is meant; else see what became of the program that"
                    + " writes the input");
        fail(NamespaceLoad.place(problem, load.replaceAt));
      }
    }
  }

  /** Whether nothing of the load may be applied. */
  boolean isRefused() {
    return stopped || (failure != null && !options.keepGoing());
  }

  /** Forgets the namespaces and records that have been applied. */
  void beginChunk() {
    NamespaceLoad current = scope.target();
    loads.clear();
    order.clear();
    unknownNamespaces = 0;
    staging.clear();
    if (current != null) {
      NamespaceLoad next = current.next();
      loads.put(next.namespace, next);
      order.add(next);
      scope.continueWith(next);
    }
  }

  void stop() {
    stopped = true;
  }

  /** Ends the reading for a problem that no statement could be skipped to get round. */
  void fail(Problem problem) {
    note(problem, false);
    stopped = true;
  }

  /** Whether nothing more is to be read. */
  boolean isStopped() {
    return stopped;
  }

  List<NamespaceLoad> namespaces() {
    return order;
  }

  Identity identity() {
    return preamble.identity();
  }

  String batch() {
    return batch;
  }

  /** How many records were passed over because their value is NULL. */
  long nulls() {
    return nulls;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  Problem failure() {
    return failure;
  }

  long problems() {
    return problems;
  }

  long rejected() {
    return rejected;
  }

  long statements() {
    return statements;
  }

  /** How many statements were taken without an error. */
  long accepted() {
    return accepted;
  }

  /** How much has been read of all files. */
  long bytes() {
    return reader == null ? 0 : bytesBefore + reader.bytesRead();
  }
}
