package org.prontodb.batch;

/**
 * What stays the same while a load is carried out; every stage knows it.
 *
 * @param target where the load goes
 * @param options how it is carried out
 * @param listener is told what happens, by the thread that reads or applies
 * @param sender who is known to send it
 */
record LoadContext(
    LoadTarget target, LoadOptions options, LoadListener listener, LoadSender sender) {

  /** The present time, in milliseconds since the epoch. */
  long now() {
    return target.clock().getAsLong();
  }
}
