package org.prontodb.server;

import java.util.concurrent.TimeUnit;

/**
 * How long a client may take; all but the rate in nanoseconds.
 *
 * @param body for {@link RequestBody#LEAST_RATE} bytes of a body for each second of it
 * @param discard for the rest of a body that is of no use any more
 * @param answer for reading an answer, besides what its size takes at the rate
 * @param answerRate in bytes a second
 */
record Deadlines(long body, long discard, long answer, long answerRate) {
  static final Deadlines USUAL =
      new Deadlines(
          TimeUnit.SECONDS.toNanos(30),
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(30),
          64 << 10);
}
