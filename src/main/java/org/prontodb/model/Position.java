package org.prontodb.model;

/**
 * A place in an input.
 *
 * @param file the file's name as the user gave it, {@code <stdin>} for standard input
 * @param line counted from 1; a line ends with LF
 * @param column counted from 1, in code points
 * @param offset in bytes, counted from 0, a byte order mark included
 */
public record Position(String file, long line, long column, long offset) {

  /** The form that editors and compilers share: {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
