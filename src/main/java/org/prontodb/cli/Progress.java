package org.prontodb.cli;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One line on a person's terminal that tells how far a long job is, and is gone at its end: how
 * much of it is done and how long the rest will take, where that is known.
 */
final class Progress {
  private static final long NANOS_BETWEEN = 200_000_000L;

  /** Before that a rate says nothing. */
  private static final long NANOS_TO_JUDGE = 1_000_000_000L;

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Messages messages;
  private final boolean wanted;
  private final long startedAt = System.nanoTime();
  private long shownAt = startedAt;
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
      messages.write(CLEAR_LINE + text.get());
    }
  }

  /**
   * As above, with what can be said of a job that is measured in bytes.
   *
   * @param what has been done, in words
   * @param done how many bytes are behind
   * @param total how many bytes there are, or -1 if that is not known
   */
  void tell(Supplier<String> what, long done, long total) {
    tell(() -> text(what.get(), done, total, System.nanoTime() - startedAt));
  }

  /**
   * The line of a job.
   *
   * @param nanos how long it has been running
   */
  static String text(String what, long done, long total, long nanos) {
    StringBuilder text = new StringBuilder();
    boolean known = total > 0 && done <= total;
    if (known) {
      text.append(String.format(Locale.ROOT, "%3d %%  ", done * 100 / total));
    }
    text.append(what);
    if (nanos >= NANOS_TO_JUDGE && done > 0) {
      double perSecond = done / (nanos / 1e9);
      text.append(String.format(Locale.ROOT, ", %.1f MB/s", perSecond / (1 << 20)));
      if (known) {
        text.append(", ").append(duration(Math.round((total - done) / perSecond))).append(" left");
      }
    }
    return text.toString();
  }

  private static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** Makes room for something that stays. */
  void clear() {
    if (shown) {
      shown = false;
      messages.write(CLEAR_LINE);
    }
  }

  /** An input that tells how much of it has been read, and makes room when it is closed. */
  InputStream watch(InputStream in, String what, long total) {
    return new FilterInputStream(in) {
      private long done;

      @Override
      public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        count(Math.max(0, count));
        return count;
      }

      private void count(int bytes) {
        done += bytes;
        tell(() -> megabytes(done) + what, done, total);
      }

      @Override
      public void close() throws IOException {
        clear();
        super.close();
      }
    };
  }

  /** An output that tells how much has been written. */
  OutputStream watch(OutputStream out, String what) {
    return new FilterOutputStream(out) {
      private long done;

      @Override
      public void write(int b) throws IOException {
        out.write(b);
        count(1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        count(length);
      }

      private void count(int bytes) {
        done += bytes;
        tell(() -> megabytes(done) + what, done, -1);
      }
    };
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB ", bytes >> 20);
  }
}
