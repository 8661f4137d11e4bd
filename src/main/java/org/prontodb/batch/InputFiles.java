package org.prontodb.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** Reads the files of a load, one after the other, into a sink. */
final class InputFiles {
  private final List<LoadInput> inputs;
  private final SpillFiles spillFiles;
  private final ContentDigest digest = new ContentDigest();

  InputFiles(List<LoadInput> inputs, SpillFiles spillFiles) {
    this.inputs = inputs;
    this.spillFiles = spillFiles;
  }

  boolean areAllRegular() {
    return inputs.stream().allMatch(LoadInput::isRegularFile);
  }

  /** Reads up to the end, or up to where the sink wants nothing more. */
  void readInto(CommandSink sink) {
    for (LoadInput input : inputs) {
      if (sink.isStopped()) {
        return;
      }
      try (CommandReader reader = input.open()) {
        sink.beginFile(reader);
        while (sink.take(reader.next())) {}
        digest.add(reader);
      } catch (IOException e) {
        sink.fail(unreadable(input, e));
      } catch (UncheckedIOException e) {
        sink.fail(notStaged(spillFiles, e).problem());
      } catch (ProntoException e) {
        sink.fail(e.problem());
      }
    }
  }

  /** The SHA-256 of what was read, in hexadecimal. */
  String sha256() {
    return digest.hex();
  }

  private static Problem unreadable(LoadInput input, IOException e) {
    return Problem.of(
        Kind.FAILED,
        e instanceof NoSuchFileException
            ? "there is no file \"" + Text.visible(input.name()) + "\""
            : "can not read " + Text.visible(input.name()) + ": " + e.getMessage());
  }

  /** The problem of a spill file that can not be written or read. */
  static ProntoException notStaged(SpillFiles spillFiles, UncheckedIOException e) {
    return new ProntoException(
        Problem.of(
            Kind.FAILED,
            "can not stage the load in %s: %s"
                .formatted(spillFiles.place(), e.getCause().getMessage()),
            "see that its disk has room"),
        e);
  }
}
