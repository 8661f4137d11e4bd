package org.prontodb.batch;

import org.prontodb.auth.Identity;

/**
 * Who sends a load.
 *
 * @param identity who is known to send it before it is read, or null where a preamble, a session or
 *     an API key is to say it
 * @param account whom the receipt names where no sender has authenticated, or null
 */
public record LoadSender(Identity identity, String account) {
  /** Not known before the load is read, and not named in its receipt. */
  public static final LoadSender UNKNOWN = new LoadSender(null, null);
}
