package org.prontodb.cli;

import java.util.Optional;
import org.prontodb.app.Lookup;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.Address;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Entry;
import org.prontodb.model.Instants;
import org.prontodb.model.Lifetime;

/** {@code prontodb ttl}. */
final class TtlCommand implements Command {

  @Override
  public Form form() {
    return Form.of("ADDR", "print how many seconds a record of a cache has left")
        .details(
            "A part of a second counts as a whole one, so what is there never has 0. With --json"
                + " the instant of expiry, too. A record outside of a cache does not expire: exit"
                + " 2.")
        .example("prontodb ttl kb.cache.token");
  }

  @Override
  public ExitCode run(Invocation call) throws java.io.IOException {
    Address address = call.addresses().record(call.argument(0));
    try (Lookup lookup = call.database().records().lookup(false)) {
      Optional<Entry> found = lookup.find(address);
      if (found.isEmpty()) {
        return call.miss(call.database().records().missing(address, lookup));
      }
      Lifetime lifetime = found.get().lifetime();
      if (lifetime == null) {
        throw call.database().records().notACache(address.namespace());
      }
      long seconds = lifetime.secondsLeftAt(call.now());
      if (call.has(GlobalOptions.JSON)) {
        ByteBuilder line = new ByteBuilder(128);
        new JsonWriter(line)
            .begin()
            .field("k", address.key().text())
            .field("ttl", seconds)
            .field("expires", Instants.format(lifetime.expiresAt()))
            .endLine();
        line.drainTo(call.out());
      } else {
        call.out().line(Long.toString(seconds));
      }
      return ExitCode.DONE;
    }
  }
}
