package org.prontodb.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Writes the manual pages: {@code ManualPages DOCS FOLDER SECONDS} makes {@code FOLDER/man1} and
 * {@code FOLDER/man5}. SECONDS since the epoch are the date of the pages, so that the same sources
 * give the same bytes.
 */
public final class ManualPages {
  private ManualPages() {}

  public static void main(String[] arguments) throws IOException {
    Path docs = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    LocalDate date =
        LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(arguments[2])), ZoneOffset.UTC);
    CommandPage pages = new CommandPage(date);
    write(folder, "prontodb", 1, pages.overview());
    for (String name : CommandTable.names()) {
      write(folder, CommandPage.title(name), 1, pages.of(name));
    }
    write(
        folder,
        "prontodb-stream",
        5,
        MarkdownPage.of(
            Files.readString(docs.resolve("stream-format.md")),
            "prontodb-stream",
            "the format of streams of records",
            date));
    write(
        folder,
        "pronto.conf",
        5,
        MarkdownPage.of(
            Files.readString(docs.resolve("configuration.md")),
            "pronto.conf",
            "the settings of prontodb",
            date));
  }

  private static void write(Path folder, String name, int section, String page) throws IOException {
    Path file = folder.resolve("man" + section).resolve(name + "." + section);
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
  }
}
