package org.prontodb.cli;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.app.Listing;
import org.prontodb.app.Lookup;
import org.prontodb.app.Records;
import org.prontodb.model.Address;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.records.Condition;

/** {@code prontodb del}. */
final class DelCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR…", 0, Integer.MAX_VALUE, "delete records, in one transaction")
        .option("--prefix", "ADDR-PREFIX", "delete all records whose keys begin so")
        .option("--if-value", "OLD", "delete the one record only if it has this value, else exit 3")
        .flag("--dry-run --check", "delete nothing, list the keys that would go")
        .details(
            "Exit 2 if nothing was there to delete. An ADDR-PREFIX is PROJECT.NAMESPACE.PREFIX, or"
                + " PROJECT.NAMESPACE for all of a namespace; with -p and -n just PREFIX.")
        .example("prontodb del kb.recipes.pasta")
        .example("prontodb del --prefix kb.recipes.draft- --dry-run")
        .example("prontodb del --prefix kb.recipes.draft-");
  }

  @Override
  public ExitCode run(Invocation call) {
    String prefix = call.option("--prefix");
    if ((prefix == null) == call.arguments().isEmpty()) {
      throw call.usage("del needs either addresses or --prefix");
    }
    boolean conditional = call.has("--if-value");
    if (conditional && (prefix != null || call.arguments().size() > 1 || call.has("--dry-run"))) {
      throw call.usage("--if-value goes with one address alone");
    }
    long count =
        conditional
            ? deleteIf(call)
            : prefix == null
                ? deleteEach(call)
                : deleteAll(call, call.addresses().prefix(List.of(prefix)));
    if (call.has(GlobalOptions.JSON) && !call.has("--dry-run")) {
      call.out().line("{\"deleted\":" + count + "}");
    }
    if (count > 0) {
      return ExitCode.DONE;
    }
    return call.miss(Problem.of(Kind.NOT_FOUND, "nothing was there to delete").asException());
  }

  private static long deleteIf(Invocation call) {
    Address address = call.addresses().record(call.argument(0));
    Condition condition = Values.ifValue(call);
    return call.database().exists() && call.database().records().delete(address, condition) ? 1 : 0;
  }

  private static long deleteEach(Invocation call) {
    Records records = call.database().records();
    List<Address> addresses = new ArrayList<>();
    call.arguments().forEach(word -> addresses.add(call.addresses().record(word)));
    if (!call.has("--dry-run")) {
      return records.delete(addresses);
    }
    long count = 0;
    try (Lookup lookup = records.lookup(false)) {
      for (Address address : addresses) {
        if (lookup.find(address).isPresent()) {
          call.out().line(address.key().text());
          count++;
        }
      }
    }
    return count;
  }

  private static long deleteAll(Invocation call, Addresses.Selection selection) {
    Records records = call.database().records();
    long count = 0;
    if (call.has("--dry-run")) {
      try (Listing listing = records.list(selection.namespace(), selection.keys(), false)) {
        for (; listing.next(); count++) {
          call.out().write(listing.key());
          call.out().write('\n');
        }
      }
      return count;
    }
    count = records.delete(selection.namespace(), selection.keys());
    if (count > 0) {
      call.messages().status(count == 1 ? "1 record deleted" : count + " records deleted");
    }
    return count;
  }
}
