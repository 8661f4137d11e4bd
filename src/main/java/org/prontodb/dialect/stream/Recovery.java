package org.prontodb.dialect.stream;

/** Where a statement that can not be read ends, so that reading goes on behind it. */
enum Recovery {
  /** Where it was read to: its {@code ;} is known. */
  NONE,
  /** At the next {@code ;} outside quotes, which open where a quoted key or value could begin. */
  STATEMENT,
  /** As {@link #STATEMENT}, but any quote opens, as in JSON. */
  JSON_STATEMENT,
  /** Where its line ends, because what follows on it may be a part of its value. */
  LINE
}
