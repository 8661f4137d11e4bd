package org.prontodb.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.prontodb.app.Dialects;
import org.prontodb.app.Listing;
import org.prontodb.app.OutputFile;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Namespace;
import org.prontodb.store.KeyRange;

/** {@code prontodb export}. */
final class ExportCommand implements Command {
  private static final int RECORDS_BETWEEN_PROGRESS = 1 << 14;

  @Override
  public Form form() {
    Form form =
        Form.of("P.N", 0, 1, "write a namespace as a table")
            .option(
                "-o",
                "FILE",
                "write to FILE, which is there whole or not at all; - is standard output")
            .option("--to --format", "DIALECT", TableForm.ALL_NAMES + "; else what FILE ends in");
    return TableForm.exporting(form)
        .details(
            "Writes KEY, a tab and the value in base64, in caches also a tab and the instant of"
                + " expiry. In the order of the keys' bytes, and the same bytes for the same data."
                + " A FILE.gz or FILE.zst is compressed; only its owner may read it.")
        .example("prontodb export kb.recipes -o recipes.tsv")
        .example("prontodb export kb.people -o people.csv --header --key id --columns /name,/city")
        .example("prontodb export kb.recipes --plain | cut -f1")
        .example("prontodb export kb.recipes --to jsonl | jq -r .k");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Namespace namespace = call.addresses().namespace(call.arguments());
    String file = TableForm.output(call);
    Dialect dialect =
        call.has(GlobalOptions.JSON) && !call.has("--to")
            ? Dialects.named("jsonl")
            : TableForm.dialect(call, "--to", file);
    DialectOptions options = TableForm.read(call, dialect);
    if (file == null) {
      write(namespace, dialect, options, options.encoding().encoded(call.out()), call);
      return ExitCode.DONE;
    }
    try (OutputFile output = call.files().replace("-o", file)) {
      long records =
          write(namespace, dialect, options, options.encoding().encoded(output.stream()), call);
      output.finish();
      call.messages().status(records + (records == 1 ? " record" : " records") + " exported");
    }
    return ExitCode.DONE;
  }

  private static long write(
      Namespace namespace,
      Dialect dialect,
      DialectOptions options,
      OutputStream out,
      Invocation call)
      throws IOException {
    Progress progress = new Progress(call);
    long records = 0;
    long bytes = 0;
    try (Listing listing = call.database().records().listAll(namespace, KeyRange.ALL, false);
        EntryWriter writer = dialect.writer(out, options)) {
      writer.namespace(listing.namespace(), listing.cache());
      while (listing.next()) {
        byte[] key = listing.key();
        byte[] value = listing.value();
        writer.put(key, value, listing.expiry());
        bytes += key.length + value.length;
        if ((++records & (RECORDS_BETWEEN_PROGRESS - 1)) == 0) {
          long written = records;
          progress.tell(() -> "%,d records written".formatted(written), bytes, -1);
        }
      }
    }
    progress.clear();
    return records;
  }
}
