package org.prontodb.cli;

import org.prontodb.app.Lookup;
import org.prontodb.model.Address;

/** {@code prontodb exists}. */
final class ExistsCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR", "tell by the exit code whether a record is there: 0, or 2 if not")
        .example("prontodb exists kb.recipes.pasta || echo 'no pasta'");
  }

  @Override
  public ExitCode run(Invocation call) {
    Address address = call.addresses().record(call.argument(0));
    try (Lookup lookup = call.database().records().lookup(false)) {
      boolean there = lookup.find(address).isPresent();
      if (call.has(GlobalOptions.JSON)) {
        call.out().line("{\"exists\":" + there + "}");
      }
      return there ? ExitCode.DONE : ExitCode.NOT_FOUND;
    }
  }
}
