package org.prontodb.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.prontodb.dialect.stream.Setting;
import org.prontodb.dialect.stream.Settings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.ProntoException;

/** Lists of settings, as {@code admin} takes them: read, quoted, read again. */
final class SettingsFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    refusing(() -> Settings.parseOfCache(text));
    refusing(
        () -> {
          List<Setting> settings = Settings.parse(text);
          StringBuilder again = new StringBuilder();
          for (Setting setting : settings) {
            again.append(setting.name()).append("=\"");
            again.append(setting.value().replace("\\", "\\\\").replace("\"", "\\\"")).append("\";");
          }
          if (!Settings.parse(again.toString()).equals(settings)) {
            throw new AssertionError(settings + " became " + again);
          }
          refusing(() -> Settings.ofCache(settings, null));
          refusing(() -> Settings.ofCompression(settings, new CompressionSettings(true, 3)));
        });
  }

  private static void refusing(Runnable action) {
    try {
      action.run();
    } catch (ProntoException e) {
      Messages.check(e.problem());
    }
  }
}
