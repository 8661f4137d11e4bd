package org.prontodb.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A story told in commands and what they answer, which is a test and a page to read at once.
 *
 * <pre>
 * # A phase, in words
 * $ printf 'kept' | prontodb set kb.recipes.pasta -
 * $ prontodb get kb.recipes.pasta kb.recipes.pizza
 * kept
 * \N
 * ! kb.recipes.pizza: not found
 * [exit 2]
 *
 * -- file.tsv --
 * what the file holds when the story starts, up to the next such line
 * </pre>
 *
 * <p>After {@code $ } comes a line for {@code sh}. Plain lines are its stdout, {@code ! } lines its
 * stderr, {@code [exit N]} its exit code unless 0. A line of stdout that is empty or looks like one
 * of the others is written after {@code > }; {@code [no newline]} says that the last one had none.
 * Empty lines are for the eye. In what is expected, {@code <number>}, {@code <time>}, {@code
 * <secret>} and {@code <id>} stand for what changes from run to run; the folder that the story
 * plays in prints as {@code <dir>}.
 */
record Transcript(List<Step> steps, Map<String, String> files) {

  /** Words above a command, the command, and what it answered or is to answer. */
  record Step(List<String> before, String command, Answer answer) {}

  /** What a command printed, in lines, and its exit code. */
  record Answer(List<String> stdout, List<String> stderr, int exit) {

    static Answer of(String stdout, String stderr, int exit) {
      return new Answer(lines(stdout), lines(stderr), exit);
    }

    private static List<String> lines(String text) {
      if (text.isEmpty()) {
        return List.of();
      }
      List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
      if (lines.getLast().isEmpty()) {
        lines.removeLast();
      } else {
        lines.add(NO_NEWLINE);
      }
      return lines;
    }

    /** Whether {@code actual} is what this answer, with its placeholders, expects. */
    boolean accepts(Answer actual) {
      return exit == actual.exit
          && accepts(stdout, actual.stdout)
          && accepts(stderr, actual.stderr);
    }

    private static boolean accepts(List<String> expected, List<String> actual) {
      if (expected.size() != actual.size()) {
        return false;
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!pattern(expected.get(i)).matcher(actual.get(i)).matches()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (String line : stdout) {
        boolean plain = line.equals(NO_NEWLINE) || !(line.isEmpty() || MARKED.matcher(line).find());
        text.append(plain ? "" : "> ").append(line).append('\n');
      }
      stderr.forEach(line -> text.append("! ").append(line).append('\n'));
      if (exit != 0) {
        text.append("[exit ").append(exit).append("]\n");
      }
      return text.toString();
    }
  }

  private static final String NO_NEWLINE = "[no newline]";
  private static final Pattern MARKED =
      Pattern.compile("^(\\$ |! ?|# |> ?|-- .* --$|\\[exit \\d+]$|\\[no newline]$)");
  private static final Pattern FILE = Pattern.compile("-- (.+) --");
  private static final Pattern EXIT = Pattern.compile("\\[exit (\\d+)]");
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "<number>", "[0-9][0-9.,]*",
          "<time>", "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z",
          "<secret>", "[A-Za-z0-9_-]{20,}",
          "<id>", "[A-Za-z0-9_-]+");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(String.join("|", PLACEHOLDERS.keySet()));

  private static Pattern pattern(String expected) {
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(expected);
    int from = 0;
    while (placeholder.find()) {
      regex.append(Pattern.quote(expected.substring(from, placeholder.start())));
      regex.append(PLACEHOLDERS.get(placeholder.group()));
      from = placeholder.end();
    }
    regex.append(Pattern.quote(expected.substring(from)));
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /**
   * @throws IllegalArgumentException if an answer comes before the first command
   */
  static Transcript parse(String text) {
    List<Step> steps = new ArrayList<>();
    Map<String, String> files = new LinkedHashMap<>();
    List<String> before = new ArrayList<>();
    StringBuilder file = null;
    String name = null;
    for (String line : text.lines().toList()) {
      Matcher header = FILE.matcher(line);
      if (header.matches()) {
        if (name != null) {
          files.put(name, file.toString());
        }
        name = header.group(1);
        file = new StringBuilder();
      } else if (name != null) {
        file.append(line).append('\n');
      } else if (line.startsWith("$ ")) {
        steps.add(new Step(before, line.substring(2), emptyAnswer()));
        before = new ArrayList<>();
      } else if (line.startsWith("# ") || line.isEmpty()) {
        before.add(line);
      } else if (steps.isEmpty() || !before.isEmpty()) {
        throw new IllegalArgumentException("a line that answers no command: " + line);
      } else {
        steps.add(withLine(steps.removeLast(), line));
      }
    }
    if (name != null) {
      files.put(name, file.toString());
    }
    return new Transcript(steps, files);
  }

  private static Answer emptyAnswer() {
    return new Answer(new ArrayList<>(), new ArrayList<>(), 0);
  }

  private static Step withLine(Step step, String line) {
    Answer answer = step.answer();
    Matcher exit = EXIT.matcher(line);
    if (exit.matches()) {
      int code = Integer.parseInt(exit.group(1));
      return new Step(
          step.before(), step.command(), new Answer(answer.stdout(), answer.stderr(), code));
    }
    switch (line.charAt(0)) {
      case '!' -> answer.stderr().add(afterMark(line));
      case '>' -> answer.stdout().add(afterMark(line));
      default -> answer.stdout().add(line);
    }
    return step;
  }

  private static String afterMark(String line) {
    return line.length() < 2 ? "" : line.substring(2);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      step.before().forEach(line -> text.append(line).append('\n'));
      text.append("$ ").append(step.command()).append('\n').append(step.answer());
    }
    text.append(files.isEmpty() ? "" : "\n");
    files.forEach(
        (name, content) -> text.append("-- ").append(name).append(" --\n").append(content));
    return text.toString();
  }
}
