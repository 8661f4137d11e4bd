package org.prontodb.dialect.stream;

/** One {@code name=value} of a list of settings. */
public record Setting(String name, String value) {
  /** Leaves the value out, which may be a password. */
  @Override
  public String toString() {
    return name;
  }
}
