package org.prontodb.dialect;

import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * What stands between and around the columns of a table where it is not as the dialect has it.
 *
 * @param separator what stands between two columns: one character or several; null as usual
 * @param quote what stands around a column that holds a separator; null as usual
 * @param escape what takes its meaning from the character behind it; null as usual
 * @param comment what a line begins with that is passed over; null for none
 */
public record Spelling(String separator, Character quote, Character escape, Character comment) {
  public static final Spelling USUAL = new Spelling(null, null, null, null);

  public Spelling {
    if (separator != null) {
      refuseLineBreaks("--separator", separator);
      if (separator.isEmpty()) {
        throw refused("--separator is empty");
      }
    }
    Character[] single = {quote, escape, comment};
    String[] names = {"--quote", "--escape", "--comment"};
    for (int i = 0; i < single.length; i++) {
      if (single[i] == null) {
        continue;
      }
      refuseLineBreaks(names[i], single[i].toString());
      if (separator != null && separator.indexOf(single[i]) >= 0) {
        throw refused(names[i] + " and --separator are the same character");
      }
      for (int k = 0; k < i; k++) {
        if (single[i].equals(single[k]) && !(i == 1 && k == 0)) {
          throw refused(names[k] + " and " + names[i] + " are the same character");
        }
      }
    }
  }

  /** The spelling that the parameters of the options say, each null if it is not there. */
  public static Spelling parse(String separator, String quote, String escape, String comment) {
    return new Spelling(
        separator == null ? null : separator.replace("\\t", "\t"),
        single("--quote", quote),
        single("--escape", escape),
        single("--comment", comment));
  }

  public boolean isUsual() {
    return separator == null && quote == null && escape == null && comment == null;
  }

  private static Character single(String option, String text) {
    if (text == null) {
      return null;
    }
    if (text.length() != 1 || text.charAt(0) > 0x7e || text.charAt(0) < 0x20) {
      throw refused(option + " takes one ASCII character");
    }
    return text.charAt(0);
  }

  private static void refuseLineBreaks(String option, String text) {
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw refused(option + " takes no line break");
    }
  }

  private static RuntimeException refused(String message) {
    return Problem.of(Kind.USAGE, message).asException();
  }
}
