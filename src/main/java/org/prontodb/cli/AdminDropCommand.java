package org.prontodb.cli;

import org.prontodb.model.Namespace;

/** {@code prontodb admin drop-cache} and {@code prontodb admin drop-ns}. */
final class AdminDropCommand implements Command {
  private final boolean cachesOnly;

  private AdminDropCommand(boolean cachesOnly) {
    this.cachesOnly = cachesOnly;
  }

  static Command dropCache() {
    return new AdminDropCommand(true);
  }

  static Command dropNamespace() {
    return new AdminDropCommand(false);
  }

  @Override
  public Form form() {
    return cachesOnly
        ? Form.of("P.N", 0, 1, "remove a cache and all its records")
            .example("prontodb admin drop-cache kb.cache")
        : Form.of("P.N", 0, 1, "remove a namespace of either kind and all its records")
            .example("prontodb admin drop-ns kb.recipes");
  }

  @Override
  public ExitCode run(Invocation call) {
    Namespace namespace = call.addresses().namespace(call.arguments());
    if (cachesOnly) {
      call.database().namespaces().dropCache(namespace);
    } else {
      call.database().namespaces().drop(namespace);
    }
    return ExitCode.DONE;
  }
}
