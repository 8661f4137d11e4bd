package org.prontodb.fuzz;

import java.io.IOException;

/** What Jazzer starts, with the name of a target: see bin/fuzz.sh. */
public final class Fuzzer {
  private static FuzzTarget target;

  private Fuzzer() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTargets.named(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    target.run(input);
  }
}
