package org.prontodb.cli;

import java.nio.file.Path;
import org.prontodb.mirror.MirrorListener;
import org.prontodb.model.Problem;

/** Tells the person at the terminal how an export into a folder, or an import from it, goes. */
final class MirrorConsole implements MirrorListener {
  private final Messages messages;
  private final Progress progress;

  MirrorConsole(Invocation call) {
    this.messages = call.messages();
    this.progress = new Progress(call);
  }

  @Override
  public void conflict(Problem problem) {
    clear();
    messages.error(problem);
  }

  @Override
  public void progress(long files) {
    progress.tell(() -> "%,d files".formatted(files));
  }

  void clear() {
    progress.clear();
  }

  /** The folder that the command line names. */
  static Path folder(Invocation call, String word) {
    if (word.isEmpty()) {
      throw call.usage("DIR is empty; write . to mean the current folder");
    }
    Path folder = call.file(word);
    call.files().checkMirror(folder);
    return folder;
  }

  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
