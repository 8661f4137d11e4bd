package org.prontodb.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** The program without the process: from the words of a command line to the exit code. */
public final class Cli {
  private Cli() {}

  /**
   * Runs one command. Keeps nothing between two runs and can run in many threads.
   *
   * @param arguments as {@link Arguments} describes them
   * @return the exit code
   */
  public static int run(List<String> arguments, ProcessContext context) {
    Output out = new Output(context.stdout());
    ExitCode exit;
    try {
      exit = answer(arguments, context, out);
      out.flush();
    } catch (ClosedPipe e) {
      exit = ExitCode.CLOSED_PIPE;
    } catch (CommandFiles.Unspeakable e) {
      exit = ExitCode.USAGE;
    } catch (Exception | Error e) {
      exit =
          fail(
              e,
              arguments,
              out,
              new Messages(
                  context.stderr(),
                  arguments.contains(GlobalOptions.JSON),
                  false,
                  false,
                  Colours.wanted(arguments, context)));
    }
    return exit.number();
  }

  /**
   * Whether the native binary leaves this command line to the JVM image: because of its command, or
   * because its database is one that a plugin opens. One that can not be understood it answers
   * itself.
   *
   * @param arguments as for {@link #run}
   */
  public static boolean isForJvm(List<String> arguments, Map<String, String> environment) {
    try {
      CommandCall call = CommandLineParser.parse(arguments);
      return CommandTable.isForJvm(call.name())
          || Invocation.configuration(call, environment).database() instanceof DatabaseLocation.Url;
    } catch (ProntoException e) {
      return false;
    }
  }

  private static ExitCode answer(List<String> arguments, ProcessContext context, Output out)
      throws IOException {
    CommandCall call = CommandLineParser.parse(arguments);
    Messages messages =
        new Messages(
            context.stderr(),
            call.has(GlobalOptions.JSON),
            call.has(GlobalOptions.QUIET),
            call.has(GlobalOptions.VERBOSE),
            Colours.wanted(
                call.option(GlobalOptions.COLOR), call.has(GlobalOptions.QUIET), context));
    try (Invocation invocation = new Invocation(call, context, out, messages)) {
      invocation.files().checkStandardOutputs();
      if (call.has(GlobalOptions.HELP)) {
        out.print(call.name().isEmpty() ? HelpText.overview() : HelpText.of(call.name()));
        return ExitCode.DONE;
      }
      if (call.has(GlobalOptions.VERSION)) {
        return new VersionCommand().run(invocation);
      }
      if (call.name().isEmpty()) {
        messages.write(HelpText.overview());
        return ExitCode.USAGE;
      }
      call.checkArguments();
      checkColor(call);
      return call.command().run(invocation);
    }
  }

  private static void checkColor(CommandCall call) {
    String when = call.option(GlobalOptions.COLOR);
    if (when != null && !List.of(Colours.WHEN.split("\\|")).contains(when)) {
      throw call.usage("--color takes auto, always or never, not \"" + Text.visible(when) + "\"");
    }
  }

  /** Sends what had been answered so far, then tells what went wrong. */
  private static ExitCode fail(
      Throwable failure, List<String> arguments, Output out, Messages messages) {
    try {
      out.flush();
    } catch (ClosedPipe e) {
      return ExitCode.CLOSED_PIPE;
    } catch (ProntoException e) {
      // it is the failure, or comes behind a worse one
    }
    Problem problem = problem(failure);
    messages.error(problem);
    if (arguments.contains(GlobalOptions.TRACE)) {
      messages.trace(failure);
    }
    return ExitCode.of(problem.kind());
  }

  private static Problem problem(Throwable failure) {
    return switch (failure) {
      case ProntoException e -> e.problem();
      case IOException e -> Problem.of(Kind.FAILED, Failures.sentence(e));
      case LinkageError e ->
          Problem.of(
              Kind.FAILED,
              "a part of this program can not be loaded: "
                  + Text.visible(String.valueOf(e.getMessage())),
              "look at the disk that it is on, and at how much memory is free; or install it"
                  + " again");
      case OutOfMemoryError e -> Problem.of(Kind.FAILED, "there is not enough memory for this");
      default ->
          Problem.of(
              Kind.FAILED,
              "this is a defect of prontodb: " + failure,
              "run it again with --trace and report what it shows");
    };
  }
}
