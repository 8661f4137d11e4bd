package org.prontodb.batch;

import java.time.Instant;
import java.util.Optional;
import org.prontodb.model.Entry;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Transaction;

/**
 * What must be true in the store for a load to be applied: asked before the first commit, so that a
 * load is refused as a whole, and again in each transaction.
 */
final class TransactionChecks {
  private TransactionChecks() {}

  /** Refuses a batch id that stood for other content before. */
  static void requireSameContent(AppliedLoads.Batch earlier, ContentId content) {
    if (!earlier.sha256().equals(content.sha256())) {
      throw Problem.of(
              Kind.CONTENT,
              "batch \""
                  + earlier.id()
                  + "\" was applied at "
                  + Instant.ofEpochMilli(earlier.appliedAt())
                  + " with other content",
              "give new content a new id; prontodb log shows what was applied")
          .asException();
    }
  }

  /** Whether this batch was applied to the namespace before. */
  static boolean wasApplied(Transaction transaction, NamespaceTask task, ContentId content) {
    if (content.batch() == null) {
      return false;
    }
    Optional<AppliedLoads.Batch> earlier =
        transaction.loads().batch(task.namespace, content.batch());
    earlier.ifPresent(batch -> requireSameContent(batch, content));
    return earlier.isPresent();
  }

  /** Refuses if a precondition of the load does not hold in what is committed. */
  static void checkPreconditions(Transaction transaction, NamespaceTask task, long now) {
    if (task.preconditions().isEmpty()) {
      return;
    }
    Optional<NamespaceInfo> info = transaction.namespace(task.namespace);
    for (NamespaceTask.Precondition precondition : task.preconditions()) {
      Optional<Entry> entry = info.flatMap(i -> transaction.getLive(i, precondition.key(), now));
      String violation = precondition.condition().violation(entry.map(Entry::value).orElse(null));
      if (violation != null) {
        Problem problem =
            Problem.of(
                Kind.PRECONDITION,
                "precondition failed: key \"" + precondition.key() + "\" " + violation,
                "read " + task.namespace + " again and decide anew");
        throw precondition.place().of(problem).asException();
      }
    }
  }
}
