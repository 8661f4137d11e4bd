package org.prontodb.batch;

/**
 * What identifies a load to the transactions that apply it.
 *
 * @param batch the batch id, or null
 * @param sha256 of the input without its preambles, in hexadecimal; null where it has no end
 */
record LoadRecord(String batch, String sha256) {}
