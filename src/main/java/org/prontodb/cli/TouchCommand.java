package org.prontodb.cli;

import org.prontodb.model.Address;
import org.prontodb.model.Expiry;

/** {@code prontodb touch}. */
final class TouchCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR", "give a record of a cache a new life from now on")
        .required("--ttl", "SPAN", "how long it lives from now on (90, 15m, 2h)")
        .option("--if-value", "OLD", "only if the record has this value, else exit 3")
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
      throw call.usage("touch needs --ttl SPAN, as in --ttl 60 or --ttl 15m");
    }
    call.database().records().touch(address, expiry, Values.ifValue(call));
    return ExitCode.DONE;
  }
}
