package org.prontodb.cli;

import org.prontodb.app.Listing;

/** {@code prontodb count}. */
final class CountCommand implements Command {

  @Override
  public Form form() {
    return Form.of("[ADDR-PREFIX]", 0, 1, "print how many records there are")
        .details(
            "An ADDR-PREFIX is PROJECT.NAMESPACE, or PROJECT.NAMESPACE.PREFIX; with -p and -n just"
                + " PREFIX, or nothing for all. What has expired does not count.")
        .example("prontodb count kb.recipes")
        .example("prontodb -p kb -n recipes count pas");
  }

  @Override
  public ExitCode run(Invocation call) {
    Addresses.Selection selection = call.addresses().prefix(call.arguments());
    long count = 0;
    try (Listing listing =
        call.database().records().list(selection.namespace(), selection.keys(), false)) {
      while (listing.next()) {
        count++;
      }
    }
    call.out().line(call.has(GlobalOptions.JSON) ? "{\"count\":" + count + "}" : "" + count);
    return ExitCode.DONE;
  }
}
