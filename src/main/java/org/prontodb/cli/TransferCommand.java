package org.prontodb.cli;

import org.prontodb.app.Transfers.Mode;
import org.prontodb.model.Address;

/** {@code prontodb copy} and {@code prontodb move}. */
final class TransferCommand implements Command {
  private final boolean move;

  private TransferCommand(boolean move) {
    this.move = move;
  }

  static Command copy() {
    return new TransferCommand(false);
  }

  static Command move() {
    return new TransferCommand(true);
  }

  @Override
  public Form form() {
    String name = move ? "move" : "copy";
    return Form.of("SRC DST", name + " a record, in one transaction")
        .flag("--force", "replace what is at DST")
        .flag("--drop-expiry", "also from a cache to where records do not expire")
        .details(
            "The value's bytes and the expiry stay. Exit 2 if SRC is not there, 3 if DST is; from a"
                + " cache into a plain namespace 2 without --drop-expiry. With -p and -n both are"
                + " keys.")
        .example("prontodb " + name + " kb.recipes.draft kb.recipes.pasta")
        .example("prontodb " + name + " kb.recipes.pasta kb.archive.pasta --force");
  }

  @Override
  public ExitCode run(Invocation call) {
    if (call.has(GlobalOptions.CONTEXT)) {
      throw call.usage("--context belongs to one key; write KEY__CONTEXT");
    }
    Address source = call.addresses().record(call.argument(0));
    Address target = call.addresses().writable(call.argument(1));
    if (source.equals(target)) {
      throw call.usage("SRC and DST are the same record");
    }
    Mode mode = new Mode(move, call.has("--force"), call.has("--drop-expiry"));
    call.database().transfers().transfer(source, target, mode);
    if (call.has(GlobalOptions.JSON)) {
      call.out().line(move ? "{\"moved\":1}" : "{\"copied\":1}");
    }
    return ExitCode.DONE;
  }
}
