package org.prontodb.cli;

import java.util.List;
import org.prontodb.app.Namespaces;
import org.prontodb.dialect.stream.Setting;
import org.prontodb.dialect.stream.Settings;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Namespace;

/** {@code prontodb admin create-cache} and {@code prontodb admin set-cache}. */
final class AdminCacheCommand implements Command {
  private static final String SETTINGS =
      "The settings, in one argument or several: timeout=SECONDS, the life of a record that asks for"
          + " none of its own; max_items=N, how many records are kept, 0 for no limit;"
          + " evict_on_read=1 or 0, whether reading an expired record removes it.";

  private final boolean creates;

  private AdminCacheCommand(boolean creates) {
    this.creates = creates;
  }

  static Command create() {
    return new AdminCacheCommand(true);
  }

  static Command change() {
    return new AdminCacheCommand(false);
  }

  @Override
  public Form form() {
    return creates
        ? Form.of("P.N SETTINGS…", 1, Integer.MAX_VALUE, "make a cache: a namespace that expires")
            .details(SETTINGS)
            .details(
                "max_items is 0 and evict_on_read 1 unless said otherwise. To make a cache again"
                    + " with the same settings is no error; a namespace that is there with others,"
                    + " or is no cache, is left as it is: exit 1.")
            .example("prontodb admin create-cache kb.cache 'timeout=60'")
            .example("prontodb admin create-cache kb.pages 'timeout=3600; max_items=100000;'")
        : Form.of("P.N SETTINGS…", 1, Integer.MAX_VALUE, "change settings of a cache")
            .details(SETTINGS)
            .details(
                "What is not named stays. A new timeout is for records written from then on; a new"
                    + " max_items is kept from the next write on.")
            .example("prontodb admin set-cache kb.cache timeout=120");
  }

  @Override
  public ExitCode run(Invocation call) {
    List<String> words = call.arguments();
    // An address beside -p and -n is for the address reader to refuse: no setting is without '='.
    boolean chosen = call.addresses().chosen().isPresent() && words.getFirst().indexOf('=') >= 0;
    Namespace name = call.addresses().namespace(chosen ? List.of() : words.subList(0, 1));
    List<Setting> settings =
        Settings.parseOfCache(String.join(";", chosen ? words : words.subList(1, words.size())));
    if (settings.isEmpty()) {
      throw call.usage("the settings are missing: write timeout=SECONDS, for one");
    }
    Namespaces namespaces = call.database().namespaces();
    if (creates) {
      call.addresses().checkNew(name);
      CacheSettings cache = Settings.ofCache(settings, null);
      if (!namespaces.createCache(name, cache)) {
        call.messages().detail("the cache was there already, with the same settings");
      }
    } else {
      namespaces.changeCache(name, present -> Settings.ofCache(settings, present));
    }
    return ExitCode.DONE;
  }
}
