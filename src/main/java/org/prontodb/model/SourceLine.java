package org.prontodb.model;

/**
 * A line of input made fit to be shown below an error: cut to a window around the caret, control
 * and bidirectional characters written as {@code \}{@code u{…}}, secrets blanked.
 *
 * @param text the visible text
 * @param caret how many columns of {@code text} stand before the caret
 */
public record SourceLine(String text, int caret) {}
