package org.prontodb.batch;

import java.util.Arrays;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Secret;

/**
 * What an input of any dialect can ask: one statement of a stream, one line of a table. Words are
 * checked where they are read, so a command holds nothing that has to be checked again but for what
 * depends on the store.
 */
public sealed interface BatchCommand {

  /** What is in doubt for the commands that follow if this one is refused; null for nothing. */
  default ScopePart sets() {
    return null;
  }

  /** Whether this would go to the wrong place, or fail, in a scope that is broken. */
  default boolean isInDoubt(Scope scope) {
    return false;
  }

  /** Whether this is a directive with a value at which its errors are shown. */
  default boolean isDirective() {
    return true;
  }

  /** A command that changes a record of the chosen namespace. */
  sealed interface RecordCommand extends BatchCommand {
    @Override
    default boolean isInDoubt(Scope scope) {
      return true;
    }

    @Override
    default boolean isDirective() {
      return false;
    }
  }

  /** A directive about the chosen namespace as a whole, or about its transaction. */
  sealed interface NamespaceRule extends BatchCommand {
    @Override
    default ScopePart sets() {
      return ScopePart.NAMESPACE;
    }

    @Override
    default boolean isInDoubt(Scope scope) {
      return true;
    }
  }

  /** A directive that chooses where the records go that follow it. */
  sealed interface Destination extends BatchCommand {
    @Override
    default ScopePart sets() {
      return ScopePart.PROJECT;
    }
  }

  /**
   * Write a record into the chosen namespace.
   *
   * @param value its bytes, given away by the reader
   * @param expiry what this record alone asks, or null for what the directives have set
   */
  record Put(Key key, byte[] value, Expiry expiry) implements RecordCommand {}

  /** Remove a record, if it is there. */
  record Delete(Key key) implements RecordCommand {}

  /** {@code meta:project}: leaves no namespace chosen. */
  record SelectProject(String project) implements Destination {}

  /** {@code meta:namespace}: a namespace of the chosen project. */
  record SelectWithinProject(String namespace) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return ScopePart.NAMESPACE;
    }

    @Override
    public boolean isInDoubt(Scope scope) {
      return scope.isBroken(ScopePart.PROJECT);
    }
  }

  /** {@code meta:path}, {@code meta:ns}. */
  record SelectNamespace(Namespace namespace) implements Destination {}

  /** Back to where the input began: the namespace that its loader gave, or none. */
  record SelectStart() implements Destination {}

  /** {@code meta:ttl}, {@code meta:expires}: for the records that follow. */
  record SetExpiry(Expiry expiry) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return ScopePart.EXPIRY;
    }

    @Override
    public boolean isInDoubt(Scope scope) {
      return scope.namespace() == null;
    }
  }

  /** {@code meta:delim}: already in force in the reader. */
  record SetDelimiter(Delimiter delimiter) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return ScopePart.DELIMITER;
    }
  }

  /**
   * {@code meta:encoding}: already in force in the reader.
   *
   * @param word how the directive names it
   */
  record SetEncoding(String word) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return ScopePart.ENCODING;
    }
  }

  /** One statement of the preamble. A session's or API key's is complete in itself. */
  record Authenticate(Credential credential, Secret secret) implements BatchCommand {
    @Override
    public boolean isDirective() {
      return false;
    }
  }

  /** {@code meta:batch}: makes the load exactly-once. */
  record BeginBatch(String id) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return ScopePart.LOAD;
    }
  }

  /**
   * {@code meta:if}: the load into this namespace is for a store that has this key.
   *
   * @param value what its value must be, or null if any will do
   */
  record RequirePresent(Key key, byte[] value) implements NamespaceRule {}

  /** {@code meta:unless}: the load into this namespace is for a store without this key. */
  record RequireAbsent(Key key) implements NamespaceRule {}

  /** {@code meta:replace}: keys that this load does not bring are deleted. */
  record ReplaceAll() implements NamespaceRule {}

  /** {@code meta:cache}: the chosen namespace is a cache, created with these if it is missing. */
  record CreateCache(CacheSettings settings) implements NamespaceRule {}

  /** {@code meta:end}: nothing follows. */
  record End() implements BatchCommand {}

  /**
   * A statement that could not be read. The reader goes on behind it.
   *
   * @param scope what later records can not be sure of because of it, or null if they are not
   *     touched
   */
  record Rejected(Problem problem, ScopePart scope) implements BatchCommand {
    @Override
    public ScopePart sets() {
      return scope;
    }
  }

  /** The statements that a preamble is made of. */
  enum Credential {
    PASSWORD("pass"),
    USER("user"),
    API_KEY("apikey"),
    SESSION("session");

    private final String word;

    Credential(String word) {
      this.word = word;
    }

    /** The word behind {@code meta:sec:}. */
    public String word() {
      return word;
    }

    public static Credential named(String word) {
      return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst().orElse(null);
    }
  }

  /** What directives set for the records behind them, and a failed one leaves in doubt. */
  enum ScopePart {
    /** The project and the namespace: {@code meta:path}, {@code meta:ns}, {@code meta:project}. */
    PROJECT,
    /** The namespace, and what holds for its transaction as a whole. */
    NAMESPACE,
    DELIMITER,
    EXPIRY,
    ENCODING,
    /** Everything up to the end: {@code meta:batch}. */
    LOAD
  }
}
