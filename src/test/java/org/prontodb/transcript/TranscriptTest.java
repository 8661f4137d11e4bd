package org.prontodb.transcript;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every story in samples/transcripts that needs no more than the subset of the shell read here. */
class TranscriptTest {
  @TestFactory
  Stream<DynamicTest> everyTranscriptAnswersAsWritten() throws IOException {
    return Transcripts.files().map(Transcripts::inProcess);
  }
}
