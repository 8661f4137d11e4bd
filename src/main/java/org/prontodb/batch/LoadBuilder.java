package org.prontodb.batch;

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
import org.prontodb.records.Condition;

/**
 * Builds a load from its commands: follows the directives, and stages the records under their
 * namespaces. A command that cannot be followed is refused with an exception, and changes nothing.
 */
final class LoadBuilder {
  private final LoadOptions options;
  private final Views views;
  private final Preamble preamble;
  private final Staging staging;
  private final NamespaceTasks tasks;

  private CommandReader reader;
  private Scope scope;
  private Namespace startingNamespace;
  private boolean ended;
  private boolean recordsSeen;
  private String batch;

  LoadBuilder(LoadContext context, Views views, Preamble preamble, Staging staging) {
    this.options = context.options();
    this.views = views;
    this.preamble = preamble;
    this.staging = staging;
    this.tasks = new NamespaceTasks(context, views, preamble);
  }

  /** A file begins with the scope that the options say; none is carried over from another file. */
  void beginFile(CommandReader reader) {
    this.reader = reader;
    this.ended = false;
    this.scope = new Scope(options.delimiter(), options.project());
    this.startingNamespace = start();
  }

  Scope scope() {
    return scope;
  }

  NamespaceTasks tasks() {
    return tasks;
  }

  /** Whether the file has said that nothing follows. */
  boolean isEnded() {
    return ended;
  }

  /** The batch id, or null. */
  String batch() {
    return batch;
  }

  /** Follows a command. */
  void take(BatchCommand command) {
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
      case SetEncoding set -> scope.setEncoding(set.word());
      case Authenticate statement -> preamble.accept(statement);
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

  /** Stages a record. */
  void put(Put put) {
    NamespaceTask target = target();
    Expiry expiry = null;
    if (target.isCache) {
      expiry = put.expiry() == null ? scope.expiry() : put.expiry();
      noteExpiry(target, expiry);
    } else if (put.expiry() != null) {
      throw Refusal.notACache(target.namespace);
    }
    staging.put(target.number, put.key().utf8(), put.value(), expiry);
    target.touched = true;
    target.arrivals++;
    target.bringsRecords = true;
    recordsSeen = true;
  }

  private void delete(Delete delete) {
    NamespaceTask target = target();
    staging.delete(target.number, delete.key().utf8());
    target.touched = true;
    target.arrivals++;
    recordsSeen = true;
  }

  private void setExpiry(Expiry expiry) {
    NamespaceTask target = target();
    if (!target.isCache && !(expiry instanceof Expiry.Default)) {
      throw Refusal.notACache(target.namespace);
    }
    scope.set(expiry);
    noteExpiry(target, expiry);
  }

  /** For the error if the namespace is not a cache any more when the load is applied. */
  private void noteExpiry(NamespaceTask target, Expiry expiry) {
    if (target.expiryAt == null && !(expiry instanceof Expiry.Default)) {
      target.expiryAt = InputPlace.of(reader, true);
    }
  }

  private void createCache(CreateCache create) {
    NamespaceTask target = target();
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
      target.createCacheAt = InputPlace.of(reader, true);
    }
  }

  private void replaceAll() {
    refuseWithCommitEvery("meta:replace");
    NamespaceTask target = target();
    if (target.touched && !target.replaces()) {
      throw Refusal.behindRecords("meta:replace", target.namespace);
    }
    if (!target.replaces()) {
      target.replaceAt = InputPlace.of(reader, false);
    }
  }

  private void require(String directive, Key key, Condition condition) {
    refuseWithCommitEvery(directive);
    target().require(new NamespaceTask.Precondition(key, condition, InputPlace.of(reader, true)));
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
    // Whether anything is to be written at all is known at the end, with the digest.
    staging.stageEverything();
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
    NamespaceTask task = tasks.find(namespace);
    if (task == null) {
      task = tasks.admit(namespace, InputPlace.of(reader, true));
      staging.announce(task);
    }
    scope.choose(task);
  }

  private NamespaceTask target() {
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

  /** Forgets the namespaces and records that have been applied; the scope stays. */
  void beginChunk() {
    staging.clear();
    NamespaceTask next = tasks.restart(scope.target());
    if (next != null) {
      scope.continueWith(next);
    }
  }
}
