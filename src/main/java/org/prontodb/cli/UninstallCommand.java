package org.prontodb.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.prontodb.install.Installation;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/** {@code prontodb uninstall}. */
final class UninstallCommand implements Command {
  private static final int LONGEST_ANSWER = 16;

  @Override
  public Form form() {
    return Form.of("remove the installed program, and with --purge all it kept")
        .flag("--purge", "remove configuration and data at their default paths, too")
        .flag("--yes", "do not ask whether to purge")
        .details(
            "Leaves configuration and data where they are. --purge removes them, at the default"
                + " paths only: not a database that -d, PRONTO_DB or pronto.conf names. It asks on"
                + " the terminal; without a terminal --yes is required. Folders that are links, hold"
                + " another database, or lie within each other are refused.")
        .example("prontodb uninstall")
        .example("prontodb uninstall --purge --yes");
  }

  @Override
  public ExitCode run(Invocation call) throws IOException {
    Installation installation = InstallCommand.installation(call);
    boolean purge = call.has("--purge");
    List<Path> purgeable = purge ? installation.purgeable() : List.of();
    if (!call.has("--yes")) {
      confirm(call, purgeable);
    }
    List<String> done = new ArrayList<>(installation.uninstall());
    if (purge) {
      done.addAll(installation.purge());
    }
    done.forEach(call.messages()::status);
    if (done.isEmpty()) {
      call.messages().status("nothing is installed");
    }
    return ExitCode.DONE;
  }

  private static void confirm(Invocation call, List<Path> folders) throws IOException {
    if (folders.isEmpty()) {
      return;
    }
    if (!call.context().terminal().is(0)) {
      throw call.usage("--purge asks before it removes data, and there is no terminal: add --yes");
    }
    for (Path folder : folders) {
      call.messages().write("would remove " + folder + " and all in it\n");
    }
    call.messages().write("remove this for good? y or yes, anything else keeps it: ");
    String answer = answer(call.context().stdin()).strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw Problem.of(Kind.FAILED, "nothing was removed").asException();
    }
  }

  private static String answer(InputStream keyboard) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = keyboard.read();
        b >= 0 && b != '\n' && line.length() < LONGEST_ANSWER;
        b = keyboard.read()) {
      line.append((char) b);
    }
    return line.toString();
  }
}
