package org.prontodb.cli;

import java.io.IOException;
import org.prontodb.model.Address;
import org.prontodb.model.Expiry;
import org.prontodb.records.Condition;

/** {@code prontodb set}. */
final class SetCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR VALUE|-", 2, 2, "write one record")
        .anyWordIsValue()
        .option("--ttl", "SPAN", "how long the record lives (90, 15m, 2h), in a cache only")
        .flag("--if-absent", "write only if there is no such record, else exit 3")
        .option("--if-value", "OLD", "write only if the record has this value, else exit 3")
        .details(
            "The value - reads standard input to its end, byte for byte. A value that begins with"
                + " a dash may stand behind the address as it is; -- ends the options. The"
                + " namespace comes into being with its first record.")
        .details(
            "With --json the value must be JSON and is stored in its canonical form. With --b64 it"
                + " is given in base64.")
        .example("prontodb set kb.recipes.pasta 'al dente'")
        .example("prontodb set --context it kb.recipes.pasta 'molto al dente'")
        .example("prontodb set kb.photos.logo - < logo.png")
        .example("prontodb set kb.cache.token abc --ttl 60")
        .example("prontodb set kb.locks.backup \"$HOSTNAME\" --if-absent");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Address address = call.addresses().writable(call.argument(0));
    Expiry expiry = call.ttl();
    Condition condition = condition(call);
    byte[] value = Values.read(call.argument(1), call);
    call.database().records().set(address, value, expiry, condition);
    return ExitCode.DONE;
  }

  private static Condition condition(Invocation call) {
    if (!call.has("--if-absent")) {
      return Values.ifValue(call);
    }
    if (call.has("--if-value")) {
      throw call.usage("--if-absent and --if-value can not both hold");
    }
    return new Condition.Absent();
  }
}
