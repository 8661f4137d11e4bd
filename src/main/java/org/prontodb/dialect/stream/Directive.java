package org.prontodb.dialect.stream;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.prontodb.batch.BatchCommand.Credential;
import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.model.Nearest;

/** The words behind {@code meta:}: the one list of them, from which messages and docs are made. */
public enum Directive {
  SEC_PASS(Credential.PASSWORD, "the password of the user named next; first in a stream"),
  SEC_USER(Credential.USER, "the user whose password was given before"),
  SEC_APIKEY(Credential.API_KEY, "an API key, instead of password and user"),
  SEC_SESSION(Credential.SESSION, "a session key, instead of password and user"),
  PATH("path", "PROJECT.NAMESPACE", ScopePart.PROJECT, "choose a namespace"),
  NS("ns", "PROJECT.NAMESPACE", ScopePart.PROJECT, "the same as meta:path"),
  PROJECT("project", "PROJECT", ScopePart.PROJECT, "choose a project, and no namespace yet"),
  NAMESPACE("namespace", "NAMESPACE", ScopePart.NAMESPACE, "choose a namespace of the project"),
  DELIM("delim", "CHARACTER", ScopePart.DELIMITER, "the delimiter of addresses from here on"),
  TTL(
      "ttl",
      "SECONDS|default",
      ScopePart.EXPIRY,
      "the life of the records that follow, in a cache"),
  EXPIRES("expires", "INSTANT", ScopePart.EXPIRY, "when the records that follow end, in a cache"),
  ENCODING(
      "encoding",
      "text|base64|base64url|hex",
      ScopePart.ENCODING,
      "how the values that follow are written"),
  DEL("del", "KEY", null, "delete a record, if it is there"),
  IF("if", "KEY or \"KEY=VALUE\"", ScopePart.NAMESPACE, "load only if the key was there before"),
  UNLESS("unless", "KEY", ScopePart.NAMESPACE, "load only if the key was not there before"),
  REPLACE("replace", null, ScopePart.NAMESPACE, "delete the keys that this load does not bring"),
  CACHE(
      "cache",
      "\"timeout=SECONDS;max_items=N;evict_on_read=0|1\"",
      ScopePart.NAMESPACE,
      "the namespace is a cache, made with these settings if it is missing"),
  BATCH("batch", "ID", ScopePart.LOAD, "apply this load exactly once, however often it is sent"),
  END("end", null, null, "nothing follows: the stream is whole");

  /** What every directive begins with. */
  public static final String PREFIX = "meta:";

  /** What the names of directives begin with whose values are secret. */
  static final String SECRET_PREFIX = "meta:s";

  /** A stream may choose a namespace with every record, so this is looked up as often. */
  private static final Map<String, Directive> BY_TEXT = new HashMap<>();

  static {
    for (Directive directive : values()) {
      BY_TEXT.put(directive.text, directive);
    }
  }

  private final String word;
  private final String text;
  private final Credential credential;
  private final String form;
  private final ScopePart scope;
  private final String help;

  Directive(String word, String form, ScopePart scope, String help) {
    this(word, null, form, scope, help);
  }

  Directive(Credential credential, String help) {
    this("sec:" + credential.word(), credential, "SECRET", null, help);
  }

  Directive(String word, Credential credential, String form, ScopePart scope, String help) {
    this.word = word;
    this.text = PREFIX + word;
    this.credential = credential;
    this.form = form;
    this.scope = scope;
    this.help = help;
  }

  /** The name as it is written, {@code meta:} included. */
  public String text() {
    return text;
  }

  /** What its value looks like; empty if it takes none. */
  public Optional<String> form() {
    return Optional.ofNullable(form);
  }

  /** What it does, in half a line. */
  public String help() {
    return help;
  }

  /** The whole statement, as a pattern. */
  public String usage() {
    return form == null ? text() + ";" : text() + "=" + form + ";";
  }

  /** What later records can not be sure of if it is refused, or null. */
  ScopePart scope() {
    return scope;
  }

  /** Whether its value is, or begins with, a key. */
  boolean takesKey() {
    return this == DEL || this == IF || this == UNLESS;
  }

  /** What kind of proof it gives; null if it is no part of a preamble. */
  Credential credential() {
    return credential;
  }

  /** The directive that is written {@code text}. */
  static Optional<Directive> named(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  /** The directive that {@code text}, which is none, was probably meant to be. */
  static Optional<Directive> nearest(String text) {
    return Nearest.to(text.substring(PREFIX.length()), words())
        .flatMap(word -> named(PREFIX + word));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(d -> d.word).toList();
  }
}
