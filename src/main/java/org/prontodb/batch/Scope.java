package org.prontodb.batch;

import java.util.EnumSet;
import java.util.Set;
import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Expiry;
import org.prontodb.model.Namespace;

/**
 * What the directives so far have set for the records behind them. A directive that failed breaks
 * its part of the scope: nothing lands until one of the same kind has succeeded, so that no record
 * gets to where it was not meant.
 */
public final class Scope {
  private String project;
  private NamespaceTask target;
  private Delimiter delimiter;
  private Expiry expiry = Expiry.DEFAULT;

  /** What {@code meta:encoding} is at the beginning. */
  public static final String TEXT = "text";

  private String encoding = TEXT;
  private final Set<ScopePart> broken = EnumSet.noneOf(ScopePart.class);

  Scope(Delimiter delimiter, String project) {
    this.delimiter = delimiter;
    this.project = project;
  }

  public String project() {
    return project;
  }

  /** The chosen namespace, or null. */
  public Namespace namespace() {
    return target == null ? null : target.namespace;
  }

  NamespaceTask target() {
    return target;
  }

  public Delimiter delimiter() {
    return delimiter;
  }

  public Expiry expiry() {
    return expiry;
  }

  /** The word of {@code meta:encoding} that is in force. */
  public String encoding() {
    return encoding;
  }

  public boolean isBroken() {
    return !broken.isEmpty();
  }

  boolean isBroken(ScopePart part) {
    return broken.contains(part);
  }

  void choose(String project) {
    this.project = project;
    this.target = null;
    broken.remove(ScopePart.PROJECT);
  }

  void choose(NamespaceTask target) {
    this.target = target;
    this.project = target.namespace.project();
    this.expiry = Expiry.DEFAULT;
    broken.remove(ScopePart.PROJECT);
    broken.remove(ScopePart.NAMESPACE);
    broken.remove(ScopePart.EXPIRY);
  }

  /** The same namespace in the next part of the load. */
  void continueWith(NamespaceTask target) {
    this.target = target;
  }

  void set(Expiry expiry) {
    this.expiry = expiry;
    broken.remove(ScopePart.EXPIRY);
  }

  void set(Delimiter delimiter) {
    this.delimiter = delimiter;
    broken.remove(ScopePart.DELIMITER);
  }

  void setEncoding(String word) {
    this.encoding = word;
    broken.remove(ScopePart.ENCODING);
  }

  void breakPart(ScopePart part) {
    broken.add(part);
    switch (part) {
      case PROJECT -> {
        project = null;
        target = null;
      }
      case NAMESPACE -> target = null;
      case DELIMITER, EXPIRY, ENCODING, LOAD -> {}
    }
  }
}
