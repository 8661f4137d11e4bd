package org.prontodb.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0, 1970-01-01T00:00:00Z",
    "2026-01-31T12:00:00.5Z, 1769860800500, 2026-01-31T12:00:00.500Z",
    "2026-01-31T13:00:00.123999+01:00, 1769860800123, 2026-01-31T12:00:00.123Z",
    "9999-12-31T23:59:59.999Z, 253402300799999, 9999-12-31T23:59:59.999Z",
    "2026-01-31T12:00Z, 1769860800000, 2026-01-31T12:00:00Z",
    "2026-01-31T13:30+0130, 1769860800000, 2026-01-31T12:00:00Z",
    "2026-01-31T11:00:00-01, 1769860800000, 2026-01-31T12:00:00Z",
    "'2026-01-31T13:00:00,123456789+01:00', 1769860800123, 2026-01-31T12:00:00.123Z",
  })
  void anInstantIsReadAndWritten(String text, long instant, String canonical) {
    assertEquals(instant, Instants.parse(text).orElseThrow());
    assertEquals(canonical, Instants.format(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "1769860800",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00.5Z",
        "2026-01-31T12:00+25:00",
        "2026-01-31T12:00+1"
      })
  void whatNamesNoInstantIsRefused(String text) {
    assertTrue(Instants.parse(text).isEmpty());
  }
}
