package org.prontodb.cli;

import org.prontodb.model.Address;
import org.prontodb.model.Expiry;

/** {@code prontodb touch}. */
final class TouchCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR", "give a record of a cache a new life from now on")
        .option("--ttl", "SECONDS", "how long it lives from now on")
        .details(
            "Its value stays. It counts as written now, so max_items evicts it later. A record that"
                + " has expired is not there any more: exit 2.")
        .example("prontodb touch kb.cache.token --ttl 3600");
  }

  @Override
  public ExitCode run(Invocation call) {
    Address address = call.addresses().record(call.argument(0));
    Expiry expiry = call.ttl();
    if (expiry == null) {
      throw call.usage("touch needs --ttl SECONDS");
    }
    call.database().records().touch(address, expiry);
    return ExitCode.DONE;
  }
}
