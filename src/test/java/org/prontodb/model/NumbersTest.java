package org.prontodb.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "00000000000000000000001, 1",
    "9223372036854775808, -1",
    "9999999999999999999, -1",
    "10000000000000000000, -1",
    "'', -1",
    "-1, -1",
    "+1, -1",
    "1.5, -1",
    "' 1', -1",
    "\u0661, -1"
  })
  void onlyDecimalDigitsAreANumber(String text, long number) {
    assertEquals(number, Numbers.parse(text));
  }
}
