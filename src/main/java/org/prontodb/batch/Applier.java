package org.prontodb.batch;

import java.io.UncheckedIOException;
import java.util.List;
import org.prontodb.auth.Access;
import org.prontodb.auth.Authentication;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.model.Problem;
import org.prontodb.model.ProntoException;
import org.prontodb.records.RecordWriter;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.Transaction;

/**
 * The last stage of a load: applies what was staged, one transaction per namespace. What may have
 * changed since it was read is checked again inside the transaction.
 *
 * <p>Belongs to the thread that holds the load, which is the one that reads or, in an {@link
 * EndlessLoad}, its timer.
 */
final class Applier {
  private final LoadContext context;
  private final LoadTarget target;
  private final Staging staging;
  private final Outcomes outcomes;
  private final ReceiptWriter receipt;
  private final Tee tee;

  /**
   * @param tee null if no copy is wanted
   */
  Applier(LoadContext context, Staging staging, Outcomes outcomes, ReceiptWriter receipt, Tee tee) {
    this.context = context;
    this.target = context.target();
    this.staging = staging;
    this.outcomes = outcomes;
    this.receipt = receipt;
    this.tee = tee;
  }

  /** Applies the namespaces one after the other, up to the first that cannot be. */
  void apply(ReadLoad load) {
    List<NamespaceTask> tasks = load.tasks();
    if (tasks.isEmpty()) {
      return;
    }
    int done = 0;
    RuntimeException failure = null;
    try {
      context.listener().applying();
      StagedCursor rows = staging.read();
      rows.next();
      for (NamespaceTask task : tasks) {
        NamespaceOutcome outcome = apply(load, task, rows, done == tasks.size() - 1);
        outcomes.add(outcome);
        done++;
        context.listener().committed(outcome);
        copyCommitted();
      }
    } catch (DirectWriter.Failure e) {
      failure = e.getCause();
    } catch (ProntoException | UncheckedIOException e) {
      failure = e;
    }
    outcomes.notTried(tasks.subList(done, tasks.size()));
    if (failure != null) {
      outcomes.fail(failure);
    }
  }

  /** Whether the copy of what is committed has come to its end before that. */
  boolean isCopyCutOff() {
    return tee != null && tee.isCutOff();
  }

  /** Only once it is known what was committed: a copy that fails takes nothing back. */
  private void copyCommitted() {
    if (tee != null) {
      tee.committed();
    }
  }

  /**
   * Applies one namespace's part of the load.
   *
   * @param rows stands at the namespace's first record, if there is one; behind its last afterwards
   * @param last whether no other namespace follows
   */
  private NamespaceOutcome apply(
      ReadLoad load, NamespaceTask task, StagedCursor rows, boolean last) {
    DirectWriter direct = staging.directWriterOf(task);
    try (Transaction transaction =
        direct == null ? target.store().write(task.namespace) : direct.finish()) {
      long now = context.now();
      confirm(transaction, task, load.sender(), now);
      ContentId content = load.content();
      if (TransactionChecks.wasApplied(transaction, task, content)) {
        skip(task, rows);
        return NamespaceOutcome.alreadyApplied(task.namespace);
      }
      checkPreconditions(transaction, direct != null, task, now);
      RecordWriter writer =
          direct == null
              ? new RecordWriter(transaction, task.namespace, target.rules(), now)
              : direct.writer();
      NamespaceChange change =
          new NamespaceChange(
              context, transaction, task, writer, direct == null ? null : direct.keys(), tee);
      NamespaceOutcome outcome = change.write(rows, staging.count(), now);
      if (content.batch() != null) {
        AppliedLoads.Batch batch = new AppliedLoads.Batch(content.batch(), content.sha256(), now);
        transaction.loads().saveBatch(task.namespace, batch);
      }
      receipt.add(transaction, load, outcome, last, now);
      transaction.commit();
      return outcome;
    }
  }

  /**
   * Preconditions are about the state before the transaction. Where it has written already, a view
   * shows that state: no other transaction can have committed to the namespace since this one
   * locked it.
   */
  private void checkPreconditions(
      Transaction transaction, boolean hasWritten, NamespaceTask task, long now) {
    if (!hasWritten) {
      TransactionChecks.checkPreconditions(transaction, task, now);
      return;
    }
    try (Transaction view = target.store().read()) {
      TransactionChecks.checkPreconditions(view, task, now);
    }
  }

  private void confirm(Transaction transaction, NamespaceTask task, Identity sender, long now) {
    if (sender == null) {
      return;
    }
    Authentication authentication = target.authentication();
    authentication.confirm(transaction, sender, now);
    authentication.renew(transaction, sender);
    if (!authentication.mayWrite(transaction, sender, task.namespace)) {
      Problem problem =
          Grants.refusal(sender, Access.WRITE, task.namespace, context.options().delimiter())
              .problem();
      throw task.chosenAt.of(problem).asException();
    }
  }

  private static void skip(NamespaceTask task, StagedCursor rows) {
    while (rows.isIn(task.number)) {
      rows.next();
    }
  }
}
