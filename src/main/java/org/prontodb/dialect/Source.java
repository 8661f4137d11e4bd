package org.prontodb.dialect;

import java.io.InputStream;

/**
 * An input and what to call it.
 *
 * @param name the file's name as the user gave it, or {@code <stdin>}
 * @param bytes its content, which the reader closes
 * @param regularFile whether reading never has to wait for somebody
 */
public record Source(String name, InputStream bytes, boolean regularFile) {}
