package org.prontodb.cli;

import java.util.Arrays;
import java.util.List;
import org.prontodb.app.Dialects;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.stream.Directive;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;

/** {@code prontodb capabilities}: the tables that drive the program, for programs to read. */
final class CapabilitiesCommand implements Command {

  @Override
  public Form form() {
    return Form.of("tell programs what this release can do, as JSON")
        .details(
            "One JSON object: the version, the commands with their options, the directives of the"
                + " stream format, the dialects, the exit codes. It is made from the tables that"
                + " drive the program, and is the same with and without --json.")
        .example("prontodb capabilities --json | jq -r '.commands[].name'");
  }

  @Override
  public ExitCode run(Invocation call) {
    ByteBuilder line = new ByteBuilder(1 << 14);
    JsonWriter json = new JsonWriter(line).begin().field("version", VersionCommand.NUMBER);
    json.beginArray("commands");
    CommandTable.names().forEach(name -> command(json, name));
    json.endArray();
    options(json, "options", GlobalOptions.ALL);
    json.beginArray("directives");
    for (Directive directive : Directive.values()) {
      json.begin()
          .field("name", directive.text())
          .field("value", directive.form().orElse(null))
          .field("help", directive.help())
          .end();
    }
    json.endArray().beginArray("dialects");
    for (Dialect dialect : Dialects.all()) {
      json.begin()
          .field("name", dialect.name())
          .field("suffixes", String.join(" ", dialect.suffixes()))
          .end();
    }
    json.endArray().beginArray("exit_codes");
    Arrays.stream(ExitCode.values())
        .forEach(
            code ->
                json.begin().field("code", code.number()).field("meaning", code.meaning()).end());
    json.endArray().endLine();
    call.out().write(line.toBytes());
    return ExitCode.DONE;
  }

  private static void command(JsonWriter json, String name) {
    Form form = CommandTable.named(name).form();
    json.begin()
        .field("name", name)
        .field("arguments", form.arguments())
        .field("help", form.summary());
    options(json, "options", form.options());
    json.end();
  }

  private static void options(JsonWriter json, String name, List<Option> options) {
    json.beginArray(name);
    for (Option option : options) {
      json.begin()
          .field("names", String.join(" ", option.names()))
          .field("parameter", option.parameter())
          .field("help", option.help())
          .end();
    }
    json.endArray();
  }
}
