package org.prontodb.cli;

import java.io.IOException;
import java.util.Map;
import org.prontodb.files.Cleanup;

/**
 * SIGINT, SIGTERM and SIGHUP clean up and then end the process by the signal itself. The JVM alone
 * would exit with 130, which a shell takes for a program that has handled the interrupt, so that
 * the loop around it goes on: see "Proper handling of SIGINT/SIGQUIT" by Martin Cracauer.
 *
 * <p>The JVM's own handlers stay, because to set others costs each start time: they run shutdown
 * hooks, and {@link Main} never does. The launcher starts commands that have nothing to clean up
 * with {@code -Xrs}: there the signals keep their default action, and this is never run.
 */
final class Signals implements Runnable {
  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /** Null on a JVM: {@code org.graalvm.nativeimage.ImageInfo}. */
  private static final String NATIVE = System.getProperty("org.graalvm.nativeimage.imagecode");

  private Signals() {}

  /** To be called once, at the beginning of the process. A signal that it ignores stays ignored. */
  static void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(new Signals()));
  }

  /**
   * A pipe is about to be read. Ctrl-C ends the program at its other end, too, and the end of the
   * input that follows must not be taken for that of the load: the kernel has to be first. For a
   * JVM the launcher has chosen so, before it could be too late.
   */
  static void beforePipe() {
    if (NATIVE != null) {
      try {
        restoreDefaults();
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("sun.misc.Signal", e);
      }
    }
  }

  @Override
  public void run() {
    String signal = received();
    if (signal != null) {
      Cleanup.begin();
      try {
        // First of all, so that a second signal does not wait for a cleanup that takes long.
        restoreDefaults();
        Cleanup.run();
        raise(signal);
      } catch (ReflectiveOperationException | IOException e) {
        // The shell at least is told what it would have been told.
        Runtime.getRuntime().halt(128 + NUMBERS.get(signal));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The JVM handles each signal in a thread that bears its name; null if there is none. */
  private static String received() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] threads = new Thread[all.activeCount() + 16];
    int count = all.enumerate(threads);
    for (int i = 0; i < count; i++) {
      for (String name : NUMBERS.keySet()) {
        if (threads[i].getName().equals("SIG" + name + " handler")) {
          return name;
        }
      }
    }
    return null;
  }

  /** By reflection, since javac warns of these classes and can not be told that they are wanted. */
  private static void restoreDefaults() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object byDefault = handler.getField("SIG_DFL").get(null);
    for (String name : NUMBERS.keySet()) {
      Object one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, one, byDefault);
    }
  }

  /**
   * Ends the process, from another one, since the JDK raises only a signal that is handled. It
   * comes back in process 1 of a container, for which there is no default action.
   */
  private static void raise(String signal) throws IOException, InterruptedException {
    String command = "kill -" + signal + " " + ProcessHandle.current().pid();
    new ProcessBuilder("/bin/sh", "-c", command).start().waitFor();
  }
}
