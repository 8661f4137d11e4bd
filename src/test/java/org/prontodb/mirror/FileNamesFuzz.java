package org.prontodb.mirror;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** The words of an address as names of files and folders. */
public final class FileNamesFuzz {
  private static final int MAX_BYTES = 255;

  private FileNamesFuzz() {}

  /** Requires that these words come back from the names that they are given. */
  public static void run(String... words) {
    for (String word : words) {
      String file = FileNames.ofFile(word);
      check(word, file);
      if (!FileNames.isOfFile(file)
          || !FileNames.isHashed(file) && !FileNames.wordOfFile(file).orElseThrow().equals(word)) {
        throw new AssertionError(word + " became " + file);
      }
      String folder = FileNames.ofFolder(word);
      check(word, folder);
      if (folder.endsWith(FileNames.SUFFIX)
          || !FileNames.isHashed(folder)
              && !FileNames.wordOfFolder(folder).orElseThrow().equals(word)) {
        throw new AssertionError(word + " became " + folder);
      }
    }
  }

  /** No file system may see a path, a hidden file, or another name in it. */
  private static void check(String word, String name) {
    boolean hidden = name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0;
    boolean folds =
        !FileNames.isHashed(name)
            && !name.replaceAll("%[0-9A-F]{2}", "")
                .equals(name.replaceAll("%[0-9A-F]{2}", "").toLowerCase(Locale.ROOT));
    if (hidden
        || folds
        || !Normalizer.isNormalized(name, Normalizer.Form.NFC)
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new AssertionError(word + " became " + name);
    }
  }
}
