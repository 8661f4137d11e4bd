package org.prontodb.cli;

import java.util.function.Supplier;

/** One line on a person's terminal that tells how far a long job is, and is gone at its end. */
final class Progress {
  private static final long NANOS_BETWEEN = 200_000_000L;

  private final Messages messages;
  private final boolean wanted;
  private long shownAt = System.nanoTime();
  private boolean shown;

  Progress(Invocation call) {
    this.messages = call.messages();
    this.wanted = call.showsProgress();
  }

  /** Shows {@code text}, if anybody watches and the last was a while ago. */
  void tell(Supplier<String> text) {
    long now = System.nanoTime();
    if (wanted && now - shownAt > NANOS_BETWEEN) {
      shownAt = now;
      shown = true;
      messages.write("\r" + text.get());
    }
  }

  /** Makes room for something that stays. */
  void clear() {
    if (shown) {
      shown = false;
      messages.write("\r\u001b[K");
    }
  }
}
