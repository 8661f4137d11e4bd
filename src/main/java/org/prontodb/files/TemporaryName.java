package org.prontodb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the files are named that stand beside a place while something is made there. The name tells
 * which process is at work, so that what a killed one left can be removed.
 */
public final class TemporaryName {
  /** In a container every run of the program may have the same number. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  static {
    Cleanup.add(TemporaryName::removeOurs);
  }

  private TemporaryName() {}

  /** A name that was never used: {@code prefix}, our process, the time, {@code suffix}. */
  public static Path in(Path folder, String prefix, String suffix) {
    String unique = process() + "-" + Long.toHexString(System.nanoTime());
    Path file = folder.resolve(prefix + unique + suffix);
    OURS.add(file);
    return file;
  }

  /** What has its own name by now is not touched: the temporary one is another link, or gone. */
  private static void removeOurs() {
    for (Path file : OURS) {
      remove(file);
    }
  }

  private static long process() {
    return ProcessHandle.current().pid();
  }

  /**
   * Removes files of such names whose processes are gone, and SQLite's beside each. What is locked
   * is in use by a process that we can not see, of another container.
   */
  public static void removeAbandoned(Path folder, String prefix, String... suffixes) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        // Most folders hold no such file, so nothing more is made ready to look for one.
        if (name.startsWith(prefix)) {
          Matcher unique = form(suffixes).matcher(name.substring(prefix.length()));
          if (unique.matches() && isAbandoned(file, Long.parseLong(unique.group(1)))) {
            remove(file);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Temporary files that other processes left must not keep this one from working.
      return;
    }
  }

  private static Pattern form(String... suffixes) {
    String anySuffix = Stream.of(suffixes).map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile("(\\d{1,9})-\\p{XDigit}+(?:" + anySuffix + ")");
  }

  private static boolean isAbandoned(Path file, long process) throws IOException {
    if (process == process() ? OURS.contains(file) : ProcessHandle.of(process).isPresent()) {
      return false;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    // What is a database already must not be opened here, since closing it drops SQLite's locks.
    int links = (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    return links > 1 || !isLocked(file);
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      return true;
    }
  }

  /** Removes a file and SQLite's beside it. */
  public static void remove(Path file) {
    // The file last: while it exists, the next process looks for the others.
    for (String suffix : List.of("-journal", "-shm", "-wal", "")) {
      try {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      } catch (IOException e) {
        // It is ours to tidy up, not to fail for; the next one that comes tries again.
        continue;
      }
    }
  }
}
