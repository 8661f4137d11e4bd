package org.prontodb.model;

import java.util.Collection;
import java.util.Optional;

/** Finds the known word that a misspelt one was meant to be. */
public final class Nearest {
  private Nearest() {}

  /**
   * The word of {@code known} that is the fewest typing slips away from {@code word}: a character
   * missing, too many, another, or two swapped. Empty if even that one is too far to be meant.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String nearest = null;
    int fewest = 1 + Math.max(1, Math.min(word.length(), 12) / 3);
    for (String candidate : known) {
      int slips = slips(word, candidate, fewest);
      if (slips < fewest) {
        fewest = slips;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The optimal string alignment distance, or {@code limit} if it is not below that. */
  private static int slips(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + other, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return Math.min(last[b.length()], limit);
  }
}
