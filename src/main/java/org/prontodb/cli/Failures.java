package org.prontodb.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.prontodb.model.Text;

/** What the JDK's input and output failures mean, in words: their own messages are often a name. */
final class Failures {
  private Failures() {}

  static String sentence(IOException failure) {
    String message = Text.visible(String.valueOf(failure.getMessage()));
    return switch (failure) {
      case NoSuchFileException e -> "there is no file \"" + message + "\"";
      case AccessDeniedException e -> "\"" + message + "\" may not be opened: permission denied";
      case FileSystemException e -> message;
      case FileNotFoundException e -> message;
      default -> "input or output failed: " + message;
    };
  }
}
