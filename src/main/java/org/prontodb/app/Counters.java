package org.prontodb.app;

import java.nio.charset.StandardCharsets;
import org.prontodb.model.Address;
import org.prontodb.model.Entry;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.records.RecordWriter;

/** Records whose value is a whole number: an optional minus sign and decimal digits. */
public final class Counters {
  private static final int MOST_CHARACTERS = 20;

  private final ProntoDb database;
  private final Guard guard;

  Counters(ProntoDb database, Guard guard) {
    this.database = database;
    this.guard = guard;
  }

  /**
   * Adds to the number at {@code address}, which keeps its expiry; an absent one counts as 0.
   *
   * @return the sum
   * @throws ProntoException with kind CONTENT if there is something else, or if the sum does not
   *     fit 64 bits; nothing is written then
   */
  public long add(Address address, long amount) {
    return database.write(
        address.namespace(),
        transaction -> {
          guard.write(transaction, address.namespace());
          RecordWriter writer = database.writer(transaction, address.namespace());
          Entry entry = writer.live(address.key()).orElse(null);
          long sum = sum(address, entry, amount);
          if (!writer.exists()) {
            writer.create(null);
          }
          Lifetime kept =
              entry != null && entry.lifetime() != null ? entry.lifetime() : writer.lifetime(null);
          byte[] text = Long.toString(sum).getBytes(StandardCharsets.US_ASCII);
          writer.put(address.key().utf8(), text, kept, 1);
          writer.finish();
          return sum;
        });
  }

  private long sum(Address address, Entry entry, long amount) {
    long before = entry == null ? 0 : number(address, entry.value());
    try {
      return Math.addExact(before, amount);
    } catch (ArithmeticException e) {
      throw refused(address, before + " and " + amount + " do not fit into signed 64 bits", null);
    }
  }

  private long number(Address address, byte[] value) {
    String text =
        value.length > MOST_CHARACTERS ? "" : new String(value, StandardCharsets.ISO_8859_1);
    try {
      if (text.matches("-?[0-9]+")) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // digits, but too many
    }
    throw refused(
        address, "the value is not a whole number", "a counter is -?[0-9]+ within signed 64 bits");
  }

  private ProntoException refused(Address address, String message, String hint) {
    String path = Text.visible(address.path(database.delimiter()));
    return Problem.of(Kind.CONTENT, path + ": " + message, hint).asException();
  }
}
