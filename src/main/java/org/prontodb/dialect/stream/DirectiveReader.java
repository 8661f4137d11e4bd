package org.prontodb.dialect.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.batch.BatchCommand.BeginBatch;
import org.prontodb.batch.BatchCommand.CreateCache;
import org.prontodb.batch.BatchCommand.Delete;
import org.prontodb.batch.BatchCommand.End;
import org.prontodb.batch.BatchCommand.ReplaceAll;
import org.prontodb.batch.BatchCommand.RequireAbsent;
import org.prontodb.batch.BatchCommand.RequirePresent;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectProject;
import org.prontodb.batch.BatchCommand.SelectWithinProject;
import org.prontodb.batch.BatchCommand.SetDelimiter;
import org.prontodb.batch.BatchCommand.SetEncoding;
import org.prontodb.batch.BatchCommand.SetExpiry;
import org.prontodb.batch.Scope;
import org.prontodb.dialect.BinaryText;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Instants;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.model.Text;

/** What directives ask, and what they have set for the statements behind them. */
final class DirectiveReader {
  private static final int MAX_BATCH_ID_BYTES = 128;
  private static final String BATCH_ID_FORM =
      "it has from 1 to " + MAX_BATCH_ID_BYTES + " bytes and no control character";

  private Delimiter delimiter;

  /** How the values of records are spelt; null for text. */
  private BinaryText encoding;

  DirectiveReader(Delimiter delimiter) {
    this.delimiter = delimiter;
  }

  /** The delimiter in force. */
  Delimiter delimiter() {
    return delimiter;
  }

  /** How the bytes of records' values are spelt; null for text. */
  BinaryText encoding() {
    return encoding;
  }

  /**
   * The command of a directive.
   *
   * @param bytes its value, UTF-8; empty for one that takes none
   * @throws ProntoException if it can not have this value
   */
  BatchCommand read(Directive directive, byte[] bytes) {
    String value = new String(bytes, StandardCharsets.UTF_8);
    return switch (directive) {
      case SEC_PASS, SEC_USER, SEC_APIKEY, SEC_SESSION ->
          new Authenticate(directive.credential(), new Secret(bytes));
      case PATH, NS -> new SelectNamespace(Namespace.parse(value, delimiter));
      case PROJECT -> {
        Namespace.checkName("project", value, delimiter);
        yield new SelectProject(value);
      }
      case NAMESPACE -> {
        Namespace.checkName("namespace", value, delimiter);
        yield new SelectWithinProject(value);
      }
      case DELIM -> {
        delimiter = Delimiter.parse(value);
        yield new SetDelimiter(delimiter);
      }
      case TTL -> new SetExpiry(life(value));
      case EXPIRES -> new SetExpiry(new Expiry.At(instant(value)));
      case ENCODING -> {
        encoding = encoding(value);
        yield new SetEncoding(value);
      }
      case DEL -> new Delete(Key.ofUtf8(bytes));
      case IF -> condition(bytes);
      case UNLESS -> new RequireAbsent(Key.ofUtf8(bytes));
      case REPLACE -> new ReplaceAll();
      case CACHE -> new CreateCache(Settings.ofCache(Settings.parseOfCache(value), null));
      case BATCH -> new BeginBatch(batchId(value, bytes.length));
      case END -> new End();
    };
  }

  private static Expiry life(String value) {
    if (value.equals("default")) {
      return Expiry.DEFAULT;
    }
    long seconds = Numbers.parse(value);
    if (seconds < 1 || seconds > Expiry.MAX_SECONDS) {
      throw refused(
          "meta:ttl can not be \"" + Text.visible(value) + "\"",
          "write whole seconds from 1 to " + Expiry.MAX_SECONDS + ", or meta:ttl=default;");
    }
    return new Expiry.After(seconds);
  }

  private static long instant(String value) {
    return Instants.parse(value)
        .orElseThrow(
            () ->
                refused(
                    "meta:expires can not be \"" + Text.visible(value) + "\"",
                    "write an instant like 2030-12-31T23:59:59Z or 2030-12-31T23:59:59+01:00"));
  }

  private static BinaryText encoding(String value) {
    return switch (value) {
      case Scope.TEXT -> null;
      case "base64" -> BinaryText.BASE64;
      case "base64url" -> BinaryText.BASE64URL;
      case "hex" -> BinaryText.HEX;
      default ->
          throw refused(
              "unknown encoding \"" + Text.visible(value) + "\"",
              "it is text, base64, base64url or hex");
    };
  }

  /** {@code KEY} or {@code KEY=VALUE}, where a key that holds {@code =} is quoted once more. */
  private BatchCommand condition(byte[] bytes) {
    int end = bytes.length > 0 && bytes[0] == '"' ? closingQuote(bytes) + 1 : 0;
    int sign = end;
    while (sign < bytes.length && bytes[sign] != '=') {
      sign++;
    }
    byte[] key = Arrays.copyOf(bytes, sign);
    if (end > 0) {
      if (sign != end) {
        throw refused(
            "meta:if holds something between the quoted key and '='",
            "write meta:if=\"\\\"odd=key\\\"=value\";");
      }
      key = unquoted(key);
    }
    byte[] value = sign == bytes.length ? null : Arrays.copyOfRange(bytes, sign + 1, bytes.length);
    return new RequirePresent(Key.ofUtf8(key), value);
  }

  private static int closingQuote(byte[] bytes) {
    int i = 1;
    while (i < bytes.length && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    if (i >= bytes.length) {
      throw refused(
          "the quoted key in meta:if is not closed", "write meta:if=\"\\\"odd=key\\\"=value\";");
    }
    return i;
  }

  private static byte[] unquoted(byte[] quoted) {
    try {
      return Quoted.decode(ByteWindow.over(quoted), 1, quoted.length - 1);
    } catch (Fault fault) {
      throw refused(fault.getMessage(), fault.hint());
    }
  }

  private static String batchId(String value, int bytes) {
    if (bytes == 0 || bytes > MAX_BATCH_ID_BYTES) {
      throw refused("batch id has " + bytes + " bytes", BATCH_ID_FORM);
    }
    value
        .codePoints()
        .filter(Text::isControl)
        .findFirst()
        .ifPresent(
            c -> {
              throw refused(
                  "batch id holds the control character U+%04X".formatted(c), BATCH_ID_FORM);
            });
    return value;
  }

  private static ProntoException refused(String message, String hint) {
    return Problem.of(Kind.CONTENT, message, hint).asException();
  }
}
