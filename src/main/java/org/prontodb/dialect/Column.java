package org.prontodb.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.Nearest;
import org.prontodb.model.Numbers;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** Which column of a table is meant, or which columns. */
public sealed interface Column {
  /** A column by the name that the header line gives it. */
  record Named(String name) implements Column {
    @Override
    public String text() {
      return name;
    }
  }

  /** A column by its place, counted from 1. */
  record Numbered(int number) implements Column {
    @Override
    public String text() {
      return Integer.toString(number);
    }
  }

  /**
   * Several columns, in this order.
   *
   * @param text as they were given, which may be the name of a single one after all
   */
  record Several(List<Column> columns, String text) implements Column {
    public Several {
      columns = List.copyOf(columns);
    }
  }

  /** Not one column but an object of all that are left. */
  record Rest() implements Column {
    @Override
    public String text() {
      return REST;
    }
  }

  /** Not one column but an object of all, the key's too. */
  record All() implements Column {
    @Override
    public String text() {
      return ALL;
    }
  }

  /** The word for {@link Rest}. */
  String REST = ":json";

  /** The word for {@link All}. */
  String ALL = ":all";

  /** As it is given on the command line. */
  String text();

  /** What {@code --key} or {@code --value} names: digits are a place, all else is a name. */
  static Column parse(String text) {
    if (text.indexOf(',') < 0) {
      return single(text);
    }
    List<Column> columns = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Column column = single(part);
      if (part.isEmpty() || column.isWhole()) {
        throw Problem.of(
                Kind.USAGE,
                "\"" + Text.visible(text) + "\" is not a list of columns",
                "give names or numbers with commas between them")
            .asException();
      }
      columns.add(column);
    }
    return new Several(columns, text);
  }

  private static Column single(String text) {
    if (text.equals(REST)) {
      return new Rest();
    }
    if (text.equals(ALL)) {
      return new All();
    }
    if (text.length() <= 5 && Numbers.isDigits(text)) {
      int number = Integer.parseInt(text);
      if (number == 0) {
        throw Problem.of(Kind.USAGE, "there is no column 0", "columns are counted from 1")
            .asException();
      }
      return new Numbered(number);
    }
    return new Named(text);
  }

  /** Whether it stands for all columns, or all others. */
  default boolean isWhole() {
    return this instanceof Rest || this instanceof All;
  }

  /** Whether a value of these columns is an object. */
  default boolean isObject() {
    return isWhole() || this instanceof Several;
  }

  /**
   * The indices of these columns, counted from 0.
   *
   * @param names what the header line says, or null if there is none
   * @param key the indices of the key's columns, which {@link Rest} leaves out
   */
  default int[] indices(List<String> names, int[] key) {
    return switch (this) {
      case Numbered numbered -> new int[] {numbered.number() - 1};
      case Named named -> new int[] {indexOf(named.name(), names)};
      case Several several ->
          names != null && names.contains(several.text())
              ? new int[] {indexOf(several.text(), names)}
              : several.columns().stream()
                  .mapToInt(column -> column.indices(names, key)[0])
                  .toArray();
      case Rest rest -> allBut(names.size(), key);
      case All all -> allBut(names.size(), new int[0]);
    };
  }

  private static int[] allBut(int count, int[] key) {
    int[] indices = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      boolean left = true;
      for (int k : key) {
        left &= k != i;
      }
      if (left) {
        indices[size++] = i;
      }
    }
    return Arrays.copyOf(indices, size);
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
