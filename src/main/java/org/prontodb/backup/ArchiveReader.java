package org.prontodb.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Sha256;
import org.prontodb.model.Text;

/**
 * Reads an archive that somebody else may have made: only the files that a backup has, each an
 * ordinary file, none larger than it may be. Names are compared and never used as paths.
 */
final class ArchiveReader {
  /** What may stand between two files: a header, padding, a little of what tar programs add. */
  private static final int BETWEEN_FILES = 64 << 10;

  /** What may follow the last file: tar programs fill up their last record, of 10 KB mostly. */
  private static final int BEHIND_THE_END = 1 << 20;

  private final Bounded bytes;
  private final TarArchiveInputStream tar;
  private final Checksums checksums = new Checksums();

  ArchiveReader(InputStream in) {
    this.bytes = new Bounded(in);
    this.tar = new TarArchiveInputStream(bytes, "UTF-8");
  }

  /** Where the database is to be written. */
  interface Target {
    OutputStream open(long size) throws IOException;
  }

  /**
   * Reads all of the archive and compares its checksums.
   *
   * @return the configuration, or null if there is none in the archive
   * @throws ProntoException with kind CONTENT if this is no backup, or a damaged one
   */
  byte[] read(Target database) throws IOException {
    int next = 0;
    byte[] configuration = null;
    try {
      while (next < Archive.FILES.size()) {
        TarArchiveEntry entry = nextEntry();
        if (entry == null) {
          throw damaged("there is no " + Archive.FILES.get(next) + " in it");
        }
        int place = Archive.FILES.indexOf(entry.getName());
        if (next == 1 && place == 2) {
          next = 2; // without a configuration
        }
        check(entry, place, Archive.FILES.get(next));
        switch (entry.getName()) {
          case Archive.DATABASE -> copy(entry, database);
          case Archive.CONFIGURATION -> configuration = small(entry);
          case Archive.CHECKSUMS -> compare(entry);
          default -> small(entry);
        }
        next++;
      }
      drain();
      return configuration;
    } catch (TooMuch e) {
      throw damaged("there is more between or behind its files than belongs there");
    }
  }

  private TarArchiveEntry nextEntry() throws IOException {
    bytes.left = BETWEEN_FILES;
    try {
      return tar.getNextEntry();
    } catch (TooMuch e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    } catch (IllegalArgumentException e) {
      throw damaged("it is no tar archive");
    }
  }

  private static void check(TarArchiveEntry entry, int place, String expected) {
    String name = Text.visible(entry.getName());
    if (place < 0) {
      throw damaged("it holds \"" + name + "\", which no backup has");
    }
    if (!entry.getName().equals(expected)) {
      throw damaged("it holds \"" + name + "\" where " + expected + " belongs");
    }
    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      throw damaged("\"" + name + "\" in it is no ordinary file");
    }
    if (entry.getSize() < 0 || (place > 0 && entry.getSize() > Archive.SMALL_FILE)) {
      throw damaged("\"" + name + "\" in it has " + entry.getSize() + " bytes");
    }
  }

  private void copy(TarArchiveEntry entry, Target database) throws IOException {
    MessageDigest digest = Sha256.digest();
    bytes.left = Long.MAX_VALUE;
    try (OutputStream out = new DigestOutputStream(database.open(entry.getSize()), digest)) {
      byte[] buffer = new byte[1 << 16];
      long left = entry.getSize();
      while (left > 0) {
        int count = readSome(buffer, (int) Math.min(left, buffer.length));
        out.write(buffer, 0, count);
        left -= count;
      }
    }
    checksums.add(entry.getName(), digest);
  }

  private byte[] small(TarArchiveEntry entry) throws IOException {
    byte[] content = content(entry);
    MessageDigest digest = Sha256.digest();
    digest.update(content);
    checksums.add(entry.getName(), digest);
    return content;
  }

  private byte[] content(TarArchiveEntry entry) throws IOException {
    bytes.left = Long.MAX_VALUE;
    byte[] content = new byte[(int) entry.getSize()];
    int at = 0;
    while (at < content.length) {
      byte[] buffer = new byte[content.length - at];
      int count = readSome(buffer, buffer.length);
      System.arraycopy(buffer, 0, content, at, count);
      at += count;
    }
    return content;
  }

  private int readSome(byte[] buffer, int length) throws IOException {
    try {
      int count = tar.read(buffer, 0, length);
      if (count > 0) {
        return count;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw damaged("it ends too early");
  }

  private void compare(TarArchiveEntry entry) throws IOException {
    if (!checksums.matches(content(entry))) {
      throw damaged("its checksums do not fit its files");
    }
  }

  /** Reads to the end, where a program that decrypts says whether all was well. */
  private void drain() throws IOException {
    bytes.left = BEHIND_THE_END;
    if (nextOrNull() != null) {
      throw damaged("more files follow its checksums");
    }
    bytes.left = BEHIND_THE_END;
    bytes.transferTo(OutputStream.nullOutputStream());
  }

  private TarArchiveEntry nextOrNull() throws IOException {
    try {
      return tar.getNextEntry();
    } catch (TooMuch e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What tar could not read; what lies below it tells of itself. */
  private static ProntoException unreadable(IOException cause) {
    String said = String.valueOf(cause.getMessage());
    return damaged(said.contains("runcated") ? "it ends too early" : Text.visible(said));
  }

  static ProntoException damaged(String why) {
    return Problem.of(
            Kind.CONTENT,
            "this is no backup, or a damaged one: " + why,
            "restore another one; nothing was changed")
        .asException();
  }

  /** More was read than there should be. */
  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Lets no more through than is allowed at the moment. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      if (count > 0 && left != Long.MAX_VALUE) {
        left -= count;
        if (left < 0) {
          throw new TooMuch();
        }
      }
      return count;
    }

    /** Not over the count. */
    @Override
    public long skip(long count) throws IOException {
      byte[] over = new byte[(int) Math.min(count, 1 << 14)];
      long skipped = 0;
      while (skipped < count) {
        int next = read(over, 0, (int) Math.min(over.length, count - skipped));
        if (next < 0) {
          break;
        }
        skipped += next;
      }
      return skipped;
    }
  }
}
