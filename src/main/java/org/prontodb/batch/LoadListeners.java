package org.prontodb.batch;

import java.util.List;
import java.util.function.Consumer;
import org.prontodb.model.Problem;

/** Tells several listeners, in their order. */
public record LoadListeners(List<LoadListener> listeners) implements LoadListener {

  private void tell(Consumer<LoadListener> news) {
    listeners.forEach(news);
  }

  @Override
  public void problem(Problem problem) {
    tell(listener -> listener.problem(problem));
  }

  @Override
  public void rejected(CommandReader reader, Scope scope, Problem problem) {
    tell(listener -> listener.rejected(reader, scope, problem));
  }

  @Override
  public void warning(String message) {
    tell(listener -> listener.warning(message));
  }

  @Override
  public void progress(long statements, long bytes) {
    tell(listener -> listener.progress(statements, bytes));
  }

  @Override
  public void applying() {
    tell(LoadListener::applying);
  }

  @Override
  public void committed(NamespaceOutcome outcome) {
    tell(listener -> listener.committed(outcome));
  }

  @Override
  public void planned(NamespacePlan plan) {
    tell(listener -> listener.planned(plan));
  }

  @Override
  public void difference(char sign, byte[] key) {
    tell(listener -> listener.difference(sign, key));
  }
}
