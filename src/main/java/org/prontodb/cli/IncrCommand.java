package org.prontodb.cli;

import org.prontodb.json.JsonWriter;
import org.prontodb.model.Address;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Text;

/** {@code prontodb incr}. */
final class IncrCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR [BY]", 1, 2, "add to a whole number, and print the sum")
        .anyWordIsValue()
        .details(
            "BY is 1 unless given, and may be negative. A record that is not there counts as 0, one"
                + " that is keeps its expiry. Numbers have 64 bits with a sign; a sum beyond that,"
                + " or any other value, is exit 65 and changes nothing.")
        .example("prontodb incr kb.counters.visits")
        .example("prontodb incr kb.counters.stock -3");
  }

  @Override
  public ExitCode run(Invocation call) {
    Address address = call.addresses().writable(call.argument(0));
    long amount = call.arguments().size() == 1 ? 1 : amount(call, call.argument(1));
    long sum = call.database().counters().add(address, amount);
    if (!call.has(GlobalOptions.JSON)) {
      call.out().line(Long.toString(sum));
      return ExitCode.DONE;
    }
    ByteBuilder line = new ByteBuilder(128);
    new JsonWriter(line).begin().field("k", address.key().text()).field("value", sum).endLine();
    call.out().write(line.toBytes());
    return ExitCode.DONE;
  }

  private static long amount(Invocation call, String word) {
    try {
      if (word.matches("[-+]?[0-9]{1,19}")) {
        return Long.parseLong(word);
      }
    } catch (NumberFormatException e) {
      // beyond 64 bits
    }
    throw call.usage(
        "BY must be a whole number of 64 bits with a sign, not \"" + Text.visible(word) + "\"");
  }
}
