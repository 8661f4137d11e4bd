package org.prontodb.cli;

import java.util.List;
import org.prontodb.dialect.stream.Setting;
import org.prontodb.dialect.stream.Settings;
import org.prontodb.model.Namespace;

/** {@code prontodb admin set-ns}. */
final class AdminNamespaceCommand implements Command {

  @Override
  public Form form() {
    return Form.of("P.N SETTINGS…", 1, Integer.MAX_VALUE, "change how a namespace stores values")
        .flag("--create", "make the namespace, a plain one, where it is not there yet")
        .details(
            "The settings, in one argument or several: compress=zstd stores each value compressed"
                + " where that makes it smaller, compress=none or off as it is; level=N, 1 to 22, is how"
                + " hard zstd tries (3).")
        .details(
            "Rewrites nothing: each value says for itself how it is stored, and what is set is for"
                + " values written from then on. All that is read is the same in any case.")
        .example("prontodb admin set-ns kb.pages compress=zstd")
        .example("prontodb admin set-ns kb.archive 'compress=zstd; level=19' --create")
        .example("prontodb admin set-ns kb.pages compress=none");
  }

  @Override
  public ExitCode run(Invocation call) {
    boolean chosen = call.addresses().chosen().isPresent();
    List<String> words = call.arguments();
    Namespace name = call.addresses().namespace(chosen ? List.of() : words.subList(0, 1));
    List<Setting> settings =
        Settings.parse(String.join(";", chosen ? words : words.subList(1, words.size())));
    if (settings.isEmpty()) {
      throw call.usage("the settings are missing: write compress=zstd, for one");
    }
    boolean creates = call.has("--create");
    if (creates) {
      call.addresses().checkNew(name);
    }
    call.database()
        .namespaces()
        .changeCompression(name, creates, present -> Settings.ofCompression(settings, present));
    return ExitCode.DONE;
  }
}
