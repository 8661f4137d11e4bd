package org.prontodb.fuzz;

import java.util.Arrays;
import java.util.Optional;
import org.prontodb.json.Json;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Utf8;

/** JSON: one canonical spelling, which is canonical itself and survives being printed. */
final class JsonFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) {
    Optional<byte[]> canonical = Json.canonicalIfJson(input);
    byte[] pretty = Json.pretty(input);
    if (canonical.isEmpty()) {
      refusedWithPlace(input);
    } else {
      same(canonical.get(), Json.canonical(canonical.get(), "canonical"), "canonical again");
      same(canonical.get(), Json.canonical(pretty, "pretty"), "printed");
    }
    if (Utf8.isValid(input)) {
      byte[] quoted = Json.quote(input);
      same(quoted, Json.canonical(quoted, "quoted"), "quoted");
    }
  }

  private static void refusedWithPlace(byte[] input) {
    try {
      Json.canonical(input, "input");
    } catch (ProntoException e) {
      if (e.problem().kind() != Kind.CONTENT) {
        throw new AssertionError("refused as " + e.problem());
      }
      Positions.require(e.problem(), input);
      return;
    }
    throw new AssertionError("refused and taken");
  }

  private static void same(byte[] expected, byte[] found, String what) {
    if (!Arrays.equals(expected, found)) {
      throw new AssertionError(what + ": " + new String(expected) + " became " + new String(found));
    }
  }
}
