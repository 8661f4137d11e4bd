package org.prontodb.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("ttl", "del", "delim", "encoding", "busy_timeout_ms", "max_namespaces");

  @ParameterizedTest
  @CsvSource({
    "tll, ttl",
    "dle, del",
    "delimt, delim",
    "encodign, encoding",
    "encding, encoding",
    "busy_timeout, busy_timeout_ms",
    "max_namespace, max_namespaces",
    "ttl, ttl"
  })
  void findsTheWordThatWasMeant(String word, String meant) {
    assertEquals(Optional.of(meant), Nearest.to(word, KNOWN));
  }

  @Test
  void namesNothingWhenNothingIsNear() {
    assertEquals(Optional.empty(), Nearest.to("colour", KNOWN));
    assertEquals(Optional.empty(), Nearest.to("xyz", KNOWN));
    assertEquals(Optional.empty(), Nearest.to("", KNOWN));
  }
}
