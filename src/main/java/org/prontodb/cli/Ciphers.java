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
        .repeatable(
            IDENTITY,
            "FILE",
            "encrypt with age so that the key in FILE decrypts; may be given again")
        .option(PASSWORD, "VAR", "encrypt with openssl and the password in the variable VAR");
  }

  static Form decrypting(Form form) {
    return form.repeatable(
            IDENTITY, "FILE", "decrypt with age and the key in FILE; may be given again")
        .option(PASSWORD, "VAR", "decrypt with openssl and the password in the variable VAR");
  }

  /** What the command line asks for. */
  static Encryption read(Invocation call) {
    List<String> recipients = values(call, RECIPIENT);
    List<String> identities =
        values(call, IDENTITY).stream().map(file -> call.file(file).toString()).toList();
    String variable = call.option(PASSWORD);
    boolean age = !recipients.isEmpty() || !identities.isEmpty();
    if (variable != null) {
      if (age) {
        throw call.usage(
            (recipients.isEmpty() ? IDENTITY : RECIPIENT)
                + " and "
                + PASSWORD
                + " do not go together");
      }
      if (variable.isEmpty()) {
        throw call.usage(PASSWORD + " needs the name of a variable");
      }
      return new Encryption.Openssl(variable);
    }
    return age ? new Encryption.Age(recipients, identities) : new Encryption.None();
  }

  private static List<String> values(Invocation call, String option) {
    List<String> values = call.options(option);
    if (values.contains("")) {
      throw call.usage(option + " needs a value that is not empty");
    }
    return values;
  }
}
