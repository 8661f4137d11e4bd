package org.prontodb.cli;

import java.nio.file.Path;
import java.util.List;
import org.prontodb.config.Paths;
import org.prontodb.install.Installation;

/** {@code prontodb install}. */
final class InstallCommand implements Command {

  @Override
  public Form form() {
    return Form.of("install the program for this user, with a database to begin with")
        .details(
            "Copies the program to ~/.local/lib/odx/prontodb and its launcher to ~/.local/bin,"
                + " where it runs without any Java on the machine; writes pronto.conf and creates"
                + " the database where they are missing. Run again, it does what is left to do."
                + " Where a package has installed the program, it makes configuration and database"
                + " alone. XDG_LIB_HOME, XDG_BIN_HOME, XDG_CONFIG_HOME and XDG_DATA_HOME name other"
                + " folders.")
        .example("bin/prontodb install");
  }

  @Override
  public ExitCode run(Invocation call) {
    Paths paths = call.configuration().paths();
    Installation installation = installation(call);
    List<String> done = installation.install();
    done.forEach(call.messages()::status);
    boolean created = call.database().create();
    if (created) {
      call.messages().status("created the database " + call.database().place());
    } else if (done.isEmpty()) {
      call.messages().status("everything is installed already");
    }
    if (!installation.isOfPackage() && !isOnPath(call, paths.launcher().getParent())) {
      call.messages()
          .warning(paths.launcher().getParent() + " is not in PATH, where a shell would find it");
    }
    return ExitCode.DONE;
  }

  /** What {@code install} and {@code uninstall} work on: the image that this process runs from. */
  static Installation installation(Invocation call) {
    return new Installation(call.configuration().paths(), Path.of(System.getProperty("java.home")));
  }

  private static boolean isOnPath(Invocation call, Path folder) {
    String path = call.context().environment().getOrDefault("PATH", "");
    return List.of(path.split(":")).contains(folder.toString());
  }
}
