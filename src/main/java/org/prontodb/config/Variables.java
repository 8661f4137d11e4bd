package org.prontodb.config;

import java.util.ArrayList;
import java.util.List;

/** The variables of the environment that mean something to this program or to its launcher. */
public final class Variables {
  static final String PREFIX = "PRONTO_";

  /** Those that hold secrets, which are no settings. */
  public static final List<String> SECRETS =
      List.of("PRONTO_SESSION", "PRONTO_APIKEY", "PRONTO_ADMIN_PASS");

  /** Those that the launcher reads, before the program runs. */
  private static final List<String> OF_THE_LAUNCHER =
      List.of("PRONTO_JAVA_OPTIONS", "PRONTO_ENGINE");

  private Variables() {}

  static boolean isKnown(String variable) {
    return known().contains(variable);
  }

  static List<String> known() {
    List<String> known = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      known.add(setting.variable());
    }
    known.addAll(SECRETS);
    known.addAll(OF_THE_LAUNCHER);
    return known;
  }
}
