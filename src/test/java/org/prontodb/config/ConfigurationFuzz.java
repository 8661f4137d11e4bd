package org.prontodb.config;

import java.util.List;
import org.prontodb.config.ConfigurationFile.Assignment;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.Positions;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** pronto.conf: what was read, written down in quotes, is read again. */
public final class ConfigurationFuzz implements FuzzTarget {
  @Override
  public void run(byte[] input) {
    List<Assignment> assignments;
    try {
      assignments = ConfigurationFile.parse("pronto.conf", input);
    } catch (ProntoException e) {
      Positions.require(e.problem(), input);
      return;
    }
    // A name may begin with the character that is a mark at the very beginning.
    StringBuilder written = new StringBuilder("\n");
    for (Assignment assignment : assignments) {
      Setting.named(assignment.name()).ifPresent(setting -> setting.accepts(assignment.value()));
      Problem told = Problem.of(Kind.FAILED, "told");
      Positions.require(
          told.at(assignment.nameAt().position(), assignment.nameAt().source()), input);
      Positions.require(
          told.at(assignment.valueAt().position(), assignment.valueAt().source()), input);
      char quote = assignment.value().indexOf('"') < 0 ? '"' : '\'';
      if (assignment.value().indexOf(quote) >= 0) {
        return; // Bare, with quotes of both kinds within: there is no other way to write it.
      }
      written.append(assignment.name()).append('=');
      written.append(quote).append(assignment.value()).append(quote).append('\n');
    }
    List<Assignment> again = ConfigurationFile.parse("again", written.toString().getBytes(UTF_8));
    if (!told(assignments).equals(told(again))) {
      throw new AssertionError(told(assignments) + " became " + told(again));
    }
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private static List<String> told(List<Assignment> assignments) {
    return assignments.stream().map(a -> a.name() + "=" + a.value()).toList();
  }
}
