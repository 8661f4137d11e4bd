package org.prontodb.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;
import org.prontodb.app.Dialects;
import org.prontodb.backup.ArchiveFuzz;
import org.prontodb.cli.AddressFuzz;
import org.prontodb.config.ConfigurationFuzz;
import org.prontodb.mirror.FileContentFuzz;
import org.prontodb.mirror.ManifestFuzz;
import org.prontodb.mirror.TreeFuzz;
import org.prontodb.server.RequestFuzz;
import org.prontodb.store.sqlite.DatabaseFuzz;

/** All there are, by name. A new one is a line here and a folder of seeds in src/test/fuzz. */
public final class FuzzTargets {
  private static final Map<String, FuzzTarget> ALL = new LinkedHashMap<>();

  static {
    ALL.put("stream", new LoadFuzz(Dialects.STREAM));
    ALL.put("tsv", new LoadFuzz(Dialects.TSV));
    ALL.put("csv", new LoadFuzz(Dialects.named("csv")));
    ALL.put("jsonl", new LoadFuzz(Dialects.named("jsonl")));
    ALL.put("json", new JsonFuzz());
    ALL.put("address", new AddressFuzz());
    ALL.put("conf", new ConfigurationFuzz());
    ALL.put("settings", new SettingsFuzz());
    ALL.put("compression", new CompressionFuzz());
    ALL.put("archive", new ArchiveFuzz());
    ALL.put("file", new FileContentFuzz());
    ALL.put("manifest", new ManifestFuzz());
    ALL.put("tree", new TreeFuzz());
    ALL.put("request", new RequestFuzz());
    ALL.put("database", new DatabaseFuzz());
  }

  private FuzzTargets() {}

  public static Map<String, FuzzTarget> all() {
    return ALL;
  }

  static FuzzTarget named(String name) {
    FuzzTarget target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException(
          "there is no target " + name + "; there are " + String.join(", ", ALL.keySet()));
    }
    return target;
  }
}
