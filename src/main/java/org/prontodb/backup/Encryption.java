package org.prontodb.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * Which program is to encrypt or decrypt a backup, and with what. No secret is ever among a
 * program's arguments: age takes the names of files or public keys, openssl the name of a variable.
 */
public sealed interface Encryption {
  /** Stock openssl decrypts with the same words and {@code -d}. */
  List<String> OPENSSL = List.of("openssl", "enc", "-aes-256-cbc", "-pbkdf2");

  String NO_OPENSSL = "install openssl with your system's packages";
  String NO_AGE = "install age with your system's packages, or from https://age-encryption.org";

  /** Readable by everybody who has the file. */
  record None() implements Encryption {}

  /**
   * By age.
   *
   * @param recipients public keys to encrypt to
   * @param identities files with keys that decrypt; what is encrypted, each of them decrypts
   */
  record Age(List<String> recipients, List<String> identities) implements Encryption {}

  /**
   * By openssl, with a password.
   *
   * @param variable the name of the environment variable that holds it
   */
  record Openssl(String variable) implements Encryption {}

  /** What the names of such files end in. */
  default String suffix() {
    return switch (this) {
      case None none -> "";
      case Age age -> ".age";
      case Openssl openssl -> ".enc";
    };
  }

  /** The program that encrypts; null for none. */
  default FilterProgram encrypt(Map<String, String> environment) {
    return switch (this) {
      case None none -> null;
      case Age age -> FilterProgram.start(age("--encrypt", age), environment, NO_AGE);
      case Openssl openssl ->
          FilterProgram.start(openssl(openssl, environment, "-salt"), environment, NO_OPENSSL);
    };
  }

  /** The program that decrypts; null for none. */
  default FilterProgram decrypt(Map<String, String> environment) {
    return switch (this) {
      case None none -> null;
      case Age age -> FilterProgram.start(age("--decrypt", age), environment, NO_AGE);
      case Openssl openssl ->
          FilterProgram.start(openssl(openssl, environment, "-d"), environment, NO_OPENSSL);
    };
  }

  private static List<String> age(String what, Age age) {
    List<String> command = new ArrayList<>(List.of("age", what));
    for (String recipient : age.recipients) {
      command.addAll(List.of("-r", recipient));
    }
    for (String identity : age.identities) {
      command.addAll(List.of("-i", identity));
    }
    return command;
  }

  private static List<String> openssl(
      Openssl openssl, Map<String, String> environment, String direction) {
    if (environment.getOrDefault(openssl.variable, "").isEmpty()) {
      throw Problem.of(
              Kind.USAGE,
              "the environment variable " + openssl.variable + " is not set, or empty",
              "--openssl-pass-env takes the name of the variable that holds the password")
          .asException();
    }
    List<String> command = new ArrayList<>(OPENSSL);
    command.add(direction);
    command.add("-pass");
    command.add("env:" + openssl.variable);
    return command;
  }
}
