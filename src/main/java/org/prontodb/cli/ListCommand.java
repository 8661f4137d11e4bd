package org.prontodb.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.prontodb.app.Dialects;
import org.prontodb.app.Listing;
import org.prontodb.app.Records;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Base64Text;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.stream.StreamDialect;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Expiry;
import org.prontodb.model.Lifetime;
import org.prontodb.store.KeyRange;

/** {@code prontodb keys}, {@code ls} and {@code scan}. */
final class ListCommand implements Command {
  private final boolean withValues;

  private ListCommand(boolean withValues) {
    this.withValues = withValues;
  }

  static Command keys() {
    return new ListCommand(false);
  }

  static Command scan() {
    return new ListCommand(true);
  }

  @Override
  public Form form() {
    Form form =
        Form.of(
                "[ADDR-PREFIX]",
                0,
                1,
                withValues ? "list keys and values" : "list the keys of a namespace")
            .flag("--stream", "in the stream format, which prontodb stream reads back")
            .flag("--include-expired", "list what has expired but is still stored, too")
            .option(
                "--expiring-within",
                "SPAN",
                "list what expires within it (90, 15m, 2h), in a cache only")
            .option("--limit", "N", "at most N of them")
            .option("--after", "KEY", "only those behind KEY");
    return withValues ? scanForm(form) : keysForm(form);
  }

  private static Form keysForm(Form form) {
    return form.flag("-0", "end each key with a NUL byte instead of a newline")
        .details(
            "In the order of the keys' bytes. An ADDR-PREFIX is PROJECT.NAMESPACE, or"
                + " PROJECT.NAMESPACE.PREFIX; with -p and -n just PREFIX, or nothing for all. With"
                + " --include-expired, a cache shows a second column: the seconds left, 0 or less"
                + " for what has expired.")
        .example("prontodb keys kb.recipes")
        .example("prontodb -p kb -n recipes ls pas")
        .example("prontodb keys kb.recipes --after pasta --limit 100");
  }

  private static Form scanForm(Form form) {
    return TableForm.exporting(
            form.option("--to", "DIALECT", "as export writes it: " + TableForm.ALL_NAMES))
        .details(
            "Prints KEY, a tab and the value, in the order of the keys' bytes; tab, newline,"
                + " carriage return and backslash in either are written as \\t \\n \\r \\\\. With"
                + " --json an object a line: {\"k\":…,\"v\":…}, in caches also \"ttl\" and"
                + " \"expires\". With --include-expired, a cache shows a third column: the seconds"
                + " left, 0 or less for what has expired.")
        .example("prontodb scan kb.recipes")
        .example("prontodb scan kb.recipes.pas --json")
        .example("prontodb scan kb.people --to csv --header --columns /name,/city")
        .example("prontodb scan kb.recipes --stream | prontodb -d copy.db stream");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    if (call.has("--stream") && (call.has(GlobalOptions.JSON) || call.has(GlobalOptions.BASE64))) {
      throw call.usage("--stream is a format of its own, without --json and --b64");
    }
    Dialect dialect = withValues ? dialect(call) : null;
    if (!withValues && call.has("-0") && (call.has("--stream") || call.has(GlobalOptions.JSON))) {
      throw call.usage("-0 ends bare keys, without --stream and --json");
    }
    Addresses.Selection selection = call.addresses().prefix(call.arguments());
    long limit = call.number("--limit", 0, Long.MAX_VALUE, Long.MAX_VALUE);
    long within = Durations.orZero(call, "--expiring-within", -1);
    boolean includeExpired = call.has("--include-expired");
    KeyRange range = selection.keys();
    String after = call.option("--after");
    if (after != null) {
      range = range.after(after.getBytes(StandardCharsets.UTF_8));
    }
    Records records = call.database().records();
    try (Listing listing =
        withValues
            ? records.listAll(selection.namespace(), range, includeExpired)
            : records.list(selection.namespace(), range, includeExpired)) {
      if (within >= 0 && listing.cache() == null) {
        throw records.notACache(selection.namespace());
      }
      Predicate<Lifetime> wanted = wanted(within, listing.now());
      if (dialect != null) {
        DialectOptions options = TableForm.read(call, dialect);
        write(call, listing, limit, wanted, dialect, options);
      } else if (call.has("--stream")) {
        DialectOptions options = new DialectOptions(call.addresses().delimiter());
        write(call, listing, limit, wanted, new StreamDialect(), options);
      } else {
        print(call, listing, limit, wanted);
      }
    }
    return ExitCode.DONE;
  }

  /** Which records to show; {@code within} is negative for all of them. */
  private static Predicate<Lifetime> wanted(long within, long now) {
    return lifetime -> within < 0 || lifetime.expiresAt() <= now + within * 1000;
  }

  private void print(Invocation call, Listing listing, long limit, Predicate<Lifetime> wanted)
      throws IOException {
    Row row = row(call, listing);
    ByteBuilder line = new ByteBuilder(1024);
    long printed = 0;
    while (printed < limit && listing.next()) {
      if (wanted.test(listing.lifetime())) {
        row.append(line);
        line.drainTo(call.out());
        printed++;
      }
    }
  }

  /** The dialect that {@code --to} names; null for scan's own form. */
  private static Dialect dialect(Invocation call) {
    if (!call.has("--to")) {
      TableForm.refuseWithoutDialect(call);
      return null;
    }
    if (call.has("--stream") || call.has(GlobalOptions.JSON) || call.has("--include-expired")) {
      throw call.usage("--to does not go with --stream, --json and --include-expired");
    }
    return Dialects.named(call.option("--to"));
  }

  private static void write(
      Invocation call,
      Listing listing,
      long limit,
      Predicate<Lifetime> wanted,
      Dialect dialect,
      DialectOptions options)
      throws IOException {
    OutputStream out = options.encoding().encoded(call.out());
    try (EntryWriter writer = dialect.writer(out, options)) {
      writer.namespace(listing.namespace(), listing.cache());
      long printed = 0;
      while (printed < limit && listing.next()) {
        Lifetime lifetime = listing.lifetime();
        if (wanted.test(lifetime)) {
          Expiry expiry = lifetime == null ? null : new Expiry.At(lifetime.expiresAt());
          writer.put(listing.key(), listing.value(), expiry);
          printed++;
        }
      }
    }
  }

  /** How a record is printed. */
  private interface Row {
    void append(ByteBuilder line);
  }

  private Row row(Invocation call, Listing listing) {
    if (call.has(GlobalOptions.JSON)) {
      return line -> appendJson(listing, call.has(GlobalOptions.BASE64), line);
    }
    boolean age = call.has("--include-expired") && listing.cache() != null;
    boolean base64 = call.has(GlobalOptions.BASE64);
    int end = call.has("-0") ? 0 : '\n';
    return line -> {
      if (withValues) {
        EscapedText.append(listing.key(), line);
        line.append('\t');
        appendValue(listing.value(), base64, line);
      } else {
        line.append(listing.key());
      }
      if (age) {
        line.append('\t').append(Long.toString(listing.lifetime().secondsLeftAt(listing.now())));
      }
      line.append(end);
    };
  }

  private static void appendValue(byte[] value, boolean base64, ByteBuilder line) {
    if (base64) {
      Base64Text.encode(value, line);
    } else {
      EscapedText.append(value, line);
    }
  }

  private void appendJson(Listing listing, boolean base64, ByteBuilder line) {
    JsonWriter json = new JsonWriter(line).begin();
    listing.appendTo(json, withValues, base64);
    json.endLine();
  }
}
