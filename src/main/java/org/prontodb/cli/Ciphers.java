package org.prontodb.cli;

import java.util.List;
import org.prontodb.backup.Encryption;

/** The options of {@code backup} and {@code restore} that say what encrypts a backup. */
final class Ciphers {
  static final String RECIPIENT = "--age-recipient";
  static final String IDENTITY = "--age-identity";
  private static final String PASSWORD = "--openssl-pass-env";

  private Ciphers() {}

  static Form encrypting(Form form) {
    return form.repeatable(
            RECIPIENT, "R", "encrypt with age to the public key R; may be given again")
        .option(PASSWORD, "VAR", "encrypt with openssl and the password in the variable VAR");
  }

  static Form decrypting(Form form) {
    return form.repeatable(
            IDENTITY, "FILE", "decrypt with age and the key in FILE; may be given again")
        .option(PASSWORD, "VAR", "decrypt with openssl and the password in the variable VAR");
  }

  /**
   * What the command line asks for.
   *
   * @param ageOption which of the two for age the command has
   */
  static Encryption read(Invocation call, String ageOption) {
    List<String> keys = call.options(ageOption);
    if (ageOption.equals(IDENTITY)) {
      keys = keys.stream().map(key -> key.isEmpty() ? key : call.file(key).toString()).toList();
    }
    String variable = call.option(PASSWORD);
    if (!keys.isEmpty() && variable != null) {
      throw call.usage(ageOption + " and " + PASSWORD + " do not go together");
    }
    if (keys.contains("") || "".equals(variable)) {
      throw call.usage((variable == null ? ageOption : PASSWORD) + " needs more than nothing");
    }
    if (variable != null) {
      return new Encryption.Openssl(variable);
    }
    return keys.isEmpty() ? new Encryption.None() : new Encryption.Age(keys);
  }
}
