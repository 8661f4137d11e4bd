package org.prontodb.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.prontodb.auth.Access;
import org.prontodb.auth.Grants;
import org.prontodb.auth.Identity;
import org.prontodb.model.Namespace;
import org.prontodb.records.WriteRefusals;
import org.prontodb.store.NamespaceInfo;

/**
 * The namespaces that a load names, in the order of their first appearance, which is that of their
 * commits. Each is checked when it is named for the first time, and again when it is applied.
 */
final class NamespaceTasks {
  private final LoadContext context;
  private final Views views;
  private final Preamble preamble;
  private final Map<Namespace, NamespaceTask> byName = new HashMap<>();
  private final List<NamespaceTask> order = new ArrayList<>();
  private int unknown;
  private boolean limitExceeded;

  NamespaceTasks(LoadContext context, Views views, Preamble preamble) {
    this.context = context;
    this.views = views;
    this.preamble = preamble;
  }

  List<NamespaceTask> inOrder() {
    return order;
  }

  List<NamespaceTask> withWork() {
    return order.stream().filter(NamespaceTask::hasWork).toList();
  }

  /** Whether a namespace was refused because there are too many; each further one would be. */
  boolean isLimitExceeded() {
    return limitExceeded;
  }

  /** The task of a namespace, or null if it was not admitted yet. */
  NamespaceTask find(Namespace namespace) {
    return byName.get(namespace);
  }

  /**
   * Checks a namespace that the load names for the first time.
   *
   * @param place where it does so
   */
  NamespaceTask admit(Namespace namespace, InputPlace place) {
    NamespaceTask task = new NamespaceTask(order.size(), namespace, place);
    int most = context.target().rules().maxNamespaces();
    views.look(
        view -> {
          Identity identity = preamble.identity();
          if (identity != null
              && !context.target().authentication().mayWrite(view, identity, namespace)) {
            throw Grants.refusal(identity, Access.WRITE, namespace, context.options().delimiter());
          }
          Optional<NamespaceInfo> info = view.namespace(namespace);
          task.isCache = info.filter(NamespaceInfo::isCache).isPresent();
          if (info.isEmpty() && view.namespaceCount() + ++unknown > most) {
            limitExceeded = true;
            throw WriteRefusals.tooManyNamespaces(most);
          }
          return null;
        });
    add(task);
    return task;
  }

  private void add(NamespaceTask task) {
    byName.put(task.namespace, task);
    order.add(task);
  }

  /**
   * Forgets what has been applied.
   *
   * @param current the task whose namespace stays chosen, or null
   * @return its successor, or null
   */
  NamespaceTask restart(NamespaceTask current) {
    byName.clear();
    order.clear();
    unknown = 0;
    if (current == null) {
      return null;
    }
    NamespaceTask next = current.next();
    add(next);
    return next;
  }
}
