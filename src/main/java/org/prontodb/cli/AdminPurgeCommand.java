package org.prontodb.cli;

import org.prontodb.app.Namespaces;

/** {@code prontodb admin purge}. */
final class AdminPurgeCommand implements Command {

  @Override
  public Form form() {
    return Form.of("[P.N]", 0, 1, "remove what has expired, in one cache or in all")
        .details("Prints how many records it removed. Other writers get through in between.")
        .example("prontodb admin purge")
        .example("prontodb admin purge kb.cache");
  }

  @Override
  public ExitCode run(Invocation call) {
    Namespaces namespaces = call.database().namespaces();
    boolean one = !call.arguments().isEmpty() || call.addresses().chosen().isPresent();
    long removed =
        one
            ? namespaces.purge(call.addresses().namespace(call.arguments()))
            : namespaces.purgeAll();
    call.out().line(Long.toString(removed));
    return ExitCode.DONE;
  }
}
