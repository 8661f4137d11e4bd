package org.prontodb.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.prontodb.dialect.stream.Setting;
import org.prontodb.dialect.stream.Settings;
import org.prontodb.model.Nearest;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/** Reads a list of settings that holds secrets, as in {@code user=sam;pass=-;}. */
final class Credentials {
  private Credentials() {}

  /**
   * The settings in all of the command's arguments by their names, which must be among {@code
   * known}. No message holds a value.
   */
  static Map<String, String> parse(Invocation call, String... names) {
    List<String> known = List.of(names);
    String word = String.join(";", call.arguments());
    if (!Utf8.isValid(Arguments.bytes(word))) {
      throw call.usage("the settings are not UTF-8 text");
    }
    Map<String, String> values = new HashMap<>();
    for (Setting setting : Settings.parse(word)) {
      if (!known.contains(setting.name())) {
        throw unknown(setting.name(), known, call);
      }
      if (setting.name().equals("user") && setting.value().contains("=")) {
        // What follows the name was meant as a setting of its own, and may be a password.
        throw call.usage("a ';' is missing between user= and the setting behind it");
      }
      values.put(setting.name(), setting.value());
    }
    return values;
  }

  private static ProntoException unknown(String name, List<String> known, Invocation call) {
    // A name that is none of these may be a secret whose '=' or ';' is missing.
    return call.usage(
        Nearest.to(name, known)
            .map(
                near ->
                    "unknown setting \"" + Text.visible(name) + "\"; did you mean " + near + "?")
            .orElse("unknown setting; it takes " + String.join(", ", known)));
  }
}
