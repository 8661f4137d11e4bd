package org.prontodb.cli;

import java.util.Locale;
import org.prontodb.config.Configuration;
import org.prontodb.config.Configuration.Origin;
import org.prontodb.config.Setting;
import org.prontodb.config.Variables;
import org.prontodb.json.JsonWriter;
import org.prontodb.model.ByteBuilder;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/** {@code prontodb config}. */
final class ConfigCommand implements Command {
  private static final String HIDDEN = "***";

  @Override
  public Form form() {
    return Form.of("print every setting, its value and where it comes from")
        .details(
            "A line for each: name, value and source (option, variable, file or default),"
                + " tab-separated; --json: an object a line. Secrets are shown as ***. Variables"
                + " that begin with PRONTO_ and mean nothing are named on standard error.")
        .example("prontodb config")
        .example("PRONTO_BUSY_TIMEOUT_MS=100 prontodb config --json");
  }

  @Override
  public ExitCode run(Invocation call) {
    Configuration configuration = call.configuration();
    for (Setting setting : Setting.values()) {
      String value = configuration.text(setting);
      print(call, setting.key(), setting.variable(), value, configuration.origin(setting));
    }
    for (String secret : Variables.SECRETS) {
      boolean set = configuration.hasSecret(secret);
      print(call, secret, secret, set ? HIDDEN : "", set ? Origin.VARIABLE : Origin.DEFAULT);
    }
    for (String variable : configuration.unknownVariables()) {
      if (Configuration.nearestVariable(variable).isEmpty()) {
        call.messages()
            .warning(
                Problem.of(
                    Kind.FAILED,
                    "unknown variable " + Text.visible(variable) + " is ignored",
                    "\"prontodb config --json\" names the variable of each setting"));
      }
    }
    return ExitCode.DONE;
  }

  private static void print(
      Invocation call, String name, String variable, String value, Origin origin) {
    String source = origin.name().toLowerCase(Locale.ROOT);
    if (!call.has(GlobalOptions.JSON)) {
      call.out().line(name + "\t" + Text.visible(value) + "\t" + source);
      return;
    }
    ByteBuilder line = new ByteBuilder(256);
    new JsonWriter(line)
        .begin()
        .field("name", name)
        .field("value", value)
        .field("source", source)
        .field("variable", variable)
        .endLine();
    call.out().write(line.toBytes());
  }
}
