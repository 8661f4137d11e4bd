package org.prontodb.batch;

/**
 * What identifies the content of a load to the transactions that apply it.
 *
 * @param batch the batch id, or null
 * @param sha256 of the input without its preambles, in hexadecimal; null where the input has no end
 */
record ContentId(String batch, String sha256) {
  /** Of a load that is applied while its content is not known to its end. */
  static final ContentId UNKNOWN = new ContentId(null, null);
}
