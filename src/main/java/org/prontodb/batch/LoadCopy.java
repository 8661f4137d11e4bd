package org.prontodb.batch;

import java.io.OutputStream;
import java.util.function.Function;

/**
 * Where what a load has committed is copied to.
 *
 * @param writer writes records in the dialect of the copy
 */
public record LoadCopy(OutputStream out, Function<OutputStream, EntryWriter> writer) {}
