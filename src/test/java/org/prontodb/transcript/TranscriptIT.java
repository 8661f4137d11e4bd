package org.prontodb.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every story in samples/transcripts, through {@code sh} and the launcher of the runtime image. */
class TranscriptIT {
  private static final Path LAUNCHER = Path.of("target/prontodb/bin").toAbsolutePath();

  @TestFactory
  Stream<DynamicTest> everyTranscriptAnswersAsWrittenThroughTheLauncher() throws IOException {
    return Transcripts.files().map(file -> Transcripts.throughLauncher(file, LAUNCHER));
  }
}
