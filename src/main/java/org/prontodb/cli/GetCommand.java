package org.prontodb.cli;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.prontodb.app.Lookup;
import org.prontodb.json.Json;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.Address;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Entry;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/** {@code prontodb get}. */
final class GetCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR…|-", 1, Integer.MAX_VALUE, "print the value of a record, or of several")
        .flag("--include-expired", "find what has expired but is still stored, too")
        .flag("--raw", "exactly the value's bytes, without a newline behind them")
        .details(
            "One address: the value and a newline. Several, or - for addresses on standard input,"
                + " one a line: a line for each, at once, with tab, newline, carriage return and"
                + " backslash written as \\t \\n \\r \\\\; a record that is not there is \\N. Exit"
                + " 2 if any is not there.")
        .details(
            "With --json one value is printed as indented JSON, and as a JSON string if it is no"
                + " JSON; several are an object each. With --b64 values come in base64.")
        .example("prontodb get kb.recipes.pasta")
        .example("prontodb get kb.recipes.pasta kb.recipes.pizza")
        .example("prontodb get --raw kb.photos.logo > logo.png")
        .example("prontodb keys kb.recipes | prontodb -p kb -n recipes get -");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    try (Lookup lookup = call.database().records().lookup(call.has("--include-expired"))) {
      if (call.argument(0).equals("-")) {
        if (call.arguments().size() > 1) {
          throw call.usage("- stands alone: the addresses come from standard input");
        }
        return new GetLines(call, lookup).answerStdin();
      }
      if (call.arguments().size() > 1) {
        return new GetLines(call, lookup).answer(call.arguments());
      }
      return one(call, lookup);
    }
  }

  private static ExitCode one(Invocation call, Lookup lookup) throws IOException {
    Address address = call.addresses().record(call.argument(0));
    Optional<Entry> found = lookup.find(address);
    if (found.isEmpty()) {
      return call.miss(call.database().records().missing(address, lookup));
    }
    Entry entry = found.get();
    tellAge(call, address, entry);
    print(call, entry.value());
    return ExitCode.DONE;
  }

  private static void print(Invocation call, byte[] value) throws IOException {
    Output out = call.out();
    if (call.has("--raw")) {
      out.write(value);
    } else if (call.has(GlobalOptions.JSON)) {
      printJson(call, value);
    } else if (call.has(GlobalOptions.BASE64)) {
      out.write(Base64.getEncoder().encode(value));
      out.write('\n');
    } else {
      out.write(value);
      out.write('\n');
    }
  }

  private static void printJson(Invocation call, byte[] value) throws IOException {
    if (!call.has(GlobalOptions.BASE64) && Utf8.isValid(value)) {
      call.out().write(Json.pretty(value));
      call.out().write('\n');
      return;
    }
    ByteBuilder line = new ByteBuilder(value.length * 4 / 3 + 64);
    new JsonWriter(line).begin().field("k", call.argument(0)).base64(value).endLine();
    line.drainTo(call.out());
  }

  /** Says of an expired record how old it is, where the value alone would not show it. */
  static void tellAge(Invocation call, Address address, Entry entry) {
    long now = call.now();
    if (entry.lifetime() != null && entry.lifetime().isExpiredAt(now)) {
      long seconds = (now - entry.lifetime().expiresAt()) / 1000;
      String path = Text.visible(address.path(call.addresses().delimiter()));
      call.messages().status(path + " expired " + seconds + " s ago");
    }
  }
}
