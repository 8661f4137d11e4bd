package org.prontodb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.model.Address;
import org.prontodb.model.Delimiter;
import org.prontodb.model.ProntoException;

class AddressesTest {
  private static Addresses addresses(String project, String name, String context, char delimiter) {
    return new Addresses(project, name, context, new Delimiter(delimiter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kb.recipes.pasta     | .  |    |    |     | kb / recipes / pasta
          kb:recipes:pasta     | :  |    |    |     | kb / recipes / pasta
          kb:recipes:al.dente  | :  |    |    |     | kb / recipes / al.dente
          kb.recipes.pasta__it | .  |    |    |     | kb / recipes / pasta__it
          kb.recipes.pasta     | .  |    |    | it  | kb / recipes / pasta__it
          kb.recipes.a__b      | .  |    |    | c   | kb / recipes / a__b__c
          pasta                | .  | kb | r  |     | kb / r / pasta
          pasta                | .  | kb | r  | it  | kb / r / pasta__it
          pasta                | .  | k.b | r |     | k.b / r / pasta
          -5                   | .  | kb | r  |     | kb / r / -5
          été.日本.😀          | .  |    |    |     | été / 日本 / 😀
          """)
  void anAddressIsRead(
      String word, char delimiter, String project, String name, String context, String expected) {
    Address address = addresses(project, name, context, delimiter).record(word);
    assertEquals(
        expected,
        address.namespace().project() + " / " + address.namespace().name() + " / " + address.key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      emptyValue = "",
      textBlock =
          """
          kb           | -  | - | -  | "kb" is not the address of a record
          kb.recipes   | -  | - | -  | "kb.recipes" is not the address of a record
          ''           | -  | - | -  | "" is not the address of a record
          kb.recipes.  | -  | - | -  | key is empty
          .recipes.k   | -  | - | -  | project name is empty
          kb..k        | -  | - | -  | namespace name is empty
          a.b.c.d      | -  | - | -  | key "c.d" holds the delimiter '.'
          k b.r.k      | -  | - | -  | project name "k b" holds white space at character 2
          kb.r/s.k     | -  | - | -  | namespace name "r/s" holds '/' at character 2
          kb.r.k       | kb | r | -  | "kb.r.k" is a full address, but -p and -n are given
          k            | kb | - | -  | -p needs -n, too
          k            | -  | r | -  | -n needs -p, too
          kb.r.k       | -  | - | '' | "" can not be a context
          kb.r.k       | -  | - | a__b | "a__b" can not be a context
          kb.r.k       | -  | - | _a | "_a" can not be a context
          """)
  void aBadAddressIsRefusedInWords(
      String word, String project, String name, String context, String message) {
    Addresses addresses = addresses(project, name, context, '.');
    assertEquals(
        message, assertThrows(ProntoException.class, () -> addresses.record(word)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          kb.recipes     | -  | - | kb.recipes:
          kb.recipes.    | -  | - | kb.recipes:
          kb.recipes.pas | -  | - | kb.recipes:pas
          pas            | kb | r | kb.r:pas
          -              | kb | r | kb.r:
          """)
  void aPrefixIsRead(String word, String project, String name, String expected) {
    Addresses.Selection selection =
        addresses(project, name, null, '.').prefix(word == null ? List.of() : List.of(word));
    String prefix = new String(selection.keys().from(), StandardCharsets.UTF_8);
    assertEquals(expected, selection.namespace() + ":" + prefix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -        | -  | - | -  | a prefix is missing
          kb       | -  | - | -  | "kb" is not a namespace
          kb.r.p.q | -  | - | -  | prefix "p.q" holds the delimiter '.'
          kb.r     | kb | r | -  | "kb.r" is a full address, but -p and -n are given
          kb.r     | -  | - | it | --context belongs to one key, not to a prefix
          """)
  void aBadPrefixIsRefusedInWords(
      String word, String project, String name, String context, String message) {
    Addresses addresses = addresses(project, name, context, '.');
    List<String> words = word == null ? List.of() : List.of(word);
    assertEquals(
        message, assertThrows(ProntoException.class, () -> addresses.prefix(words)).getMessage());
  }

  @Test
  void aNameThatTheDelimiterCanNotExpressIsReadButNotWritten() {
    Addresses addresses = addresses("k.b", "r", null, '.');
    assertEquals("k.b", addresses.record("key").namespace().project());
    assertEquals(
        "project name \"k.b\" holds the delimiter '.'",
        assertThrows(ProntoException.class, () -> addresses.writable("key")).getMessage());
  }
}
