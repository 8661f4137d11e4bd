package org.prontodb.mirror;

import java.util.Arrays;
import org.prontodb.fuzz.FuzzTarget;
import org.prontodb.fuzz.Positions;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/** A file of a mirror: any bytes as a value come back, and any file is a value or refused. */
public final class FileContentFuzz implements FuzzTarget {
  private static final byte[] KEY = {'k'};

  @Override
  public void run(byte[] input) {
    comesBack(input);
    try {
      comesBack(FileContent.parse(input, "file").value());
    } catch (ProntoException e) {
      if (e.problem().kind() != Kind.CONTENT) {
        throw new AssertionError("refused as " + e.problem());
      }
      Positions.require(e.problem(), input);
    }
  }

  private static void comesBack(byte[] value) {
    Place place = NamespaceFolder.of(new Namespace("f", "z")).place(KEY);
    byte[] file = FileContent.of(value, place);
    if (!Arrays.equals(FileContent.parse(file, "written").value(), value)) {
      throw new AssertionError(new String(value) + " was written as " + new String(file));
    }
  }
}
