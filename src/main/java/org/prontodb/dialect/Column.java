package org.prontodb.dialect;

import java.util.List;
import java.util.Optional;
import org.prontodb.model.Nearest;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** Which column of a table is meant. */
public sealed interface Column {
  /** A column by the name that the header line gives it. */
  record Named(String name) implements Column {}

  /** A column by its place, counted from 1. */
  record Numbered(int number) implements Column {}

  /** Not one column but an object of all that are left. */
  record Rest() implements Column {}

  /** The word for {@link Rest}. */
  String REST = ":json";

  /** What {@code --key} or {@code --value} names: digits are a place, all else is a name. */
  static Column parse(String text) {
    if (text.equals(REST)) {
      return new Rest();
    }
    if (!text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit)) {
      int number = Integer.parseInt(text);
      if (number == 0) {
        throw Problem.of(Kind.USAGE, "there is no column 0", "columns are counted from 1")
            .asException();
      }
      return new Numbered(number);
    }
    return new Named(text);
  }

  /**
   * The index of this column, counted from 0; -1 for {@link Rest}.
   *
   * @param names what the header line says, or null if there is none
   */
  default int index(List<String> names) {
    return switch (this) {
      case Numbered numbered -> numbered.number() - 1;
      case Rest rest -> -1;
      case Named named -> indexOf(named.name(), names);
    };
  }

  private static int indexOf(String name, List<String> names) {
    int index = names.indexOf(name);
    if (index < 0) {
      Optional<String> meant = Nearest.to(name, names);
      throw Problem.of(
              Kind.CONTENT,
              "there is no column \"" + Text.visible(name) + "\"",
              meant
                  .map(n -> "did you mean \"" + Text.visible(n) + "\"?")
                  .orElse("the columns are " + Text.visible(String.join(", ", names))))
          .asException();
    }
    if (names.lastIndexOf(name) != index) {
      throw Problem.of(
              Kind.CONTENT,
              "two columns are named \"" + Text.visible(name) + "\"",
              "name the one that is meant by its number")
          .asException();
    }
    return index;
  }
}
