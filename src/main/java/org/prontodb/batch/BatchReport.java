package org.prontodb.batch;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Problem;

/**
 * How a load ended.
 *
 * @param failure the problem that decides the exit code, null if all went well: what kept the load
 *     from being applied, or else the first
 * @param problems how many problems there were
 * @param rejected how many statements were skipped
 * @param namespaces every namespace that something was brought for, in the order of commit
 * @param batch the batch id, or null
 * @param alreadyAppliedAt when the same batch had been applied, in milliseconds since the epoch; 0
 *     if it had not
 * @param sha256 of the input without its preambles, in hexadecimal; null if it was not read to its
 *     end
 * @param statements how many commands were read
 * @param bytes how many bytes they have
 * @param seconds how long it took
 * @param nulls how many records were passed over because their value is NULL
 * @param warnings what the user should know although it is no error
 */
public record BatchReport(
    Problem failure,
    long problems,
    long rejected,
    List<NamespaceOutcome> namespaces,
    String batch,
    long alreadyAppliedAt,
    String sha256,
    long statements,
    long bytes,
    double seconds,
    long nulls,
    List<String> warnings) {

  public boolean ok() {
    return failure == null;
  }

  public Optional<Problem> problem() {
    return Optional.ofNullable(failure);
  }

  public long puts() {
    return namespaces.stream().mapToLong(NamespaceOutcome::puts).sum();
  }

  public long deletes() {
    return namespaces.stream().mapToLong(NamespaceOutcome::deletes).sum();
  }

  /** How many writes and deletions a later one to the same key replaced. */
  public long duplicates() {
    return namespaces.stream().mapToLong(NamespaceOutcome::duplicates).sum();
  }

  public long committedNamespaces() {
    return namespaces.stream().filter(n -> n.committed() && !n.alreadyApplied()).count();
  }
}
