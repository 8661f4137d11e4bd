package org.prontodb.transcript;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.prontodb.transcript.Transcript.Answer;
import org.prontodb.transcript.Transcript.Step;

/** Plays a transcript in a fresh folder and compares, or writes down, what it answers. */
final class TranscriptRunner {
  /** With {@code -Dtranscripts.update=true} what is answered becomes what is expected. */
  static final boolean UPDATE = Boolean.getBoolean("transcripts.update");

  private final Path directory;
  private final Shell shell;

  TranscriptRunner(Path directory, Shell shell) {
    this.directory = directory;
    this.shell = shell;
  }

  boolean canPlay(Transcript transcript) {
    return transcript.steps().stream().allMatch(step -> shell.understands(step.command()));
  }

  /** Plays it and fails at the first step that answers something else. */
  void check(Transcript transcript) throws IOException, InterruptedException {
    writeFiles(transcript.files());
    for (Step step : transcript.steps()) {
      Answer actual = answer(step.command());
      if (!step.answer().accepts(actual)) {
        fail(
            "$ %s%nexpected:%n%sgot:%n%s"
                .formatted(step.command(), step.answer().toString(), actual.toString()));
      }
    }
  }

  /** Plays it and returns it with what was answered, keeping what still holds. */
  Transcript updated(Transcript transcript) throws IOException, InterruptedException {
    writeFiles(transcript.files());
    List<Step> steps = new ArrayList<>();
    for (Step step : transcript.steps()) {
      Answer actual = answer(step.command());
      boolean holds = step.answer().accepts(actual);
      steps.add(new Step(step.before(), step.command(), holds ? step.answer() : actual));
    }
    return new Transcript(steps, transcript.files());
  }

  private Answer answer(String command) throws IOException, InterruptedException {
    Shell.Result result = shell.run(command);
    return Answer.of(shown(result.stdout()), shown(result.stderr()), result.exit());
  }

  private void writeFiles(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** The bytes as lines of a text file: those that are not UTF-8 as {@code \xHH}. */
  private String shown(byte[] bytes) {
    return text(bytes).replace(directory.toString(), "<dir>");
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        text.append(b >= 0 ? String.valueOf((char) b) : "\\x%02x".formatted(b));
      }
      return text.toString();
    }
  }
}
