package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes in src/image/replacements have all that the library's other classes use of them. */
class ReplacementsIT {
  private static final Path REPLACEMENTS = Path.of("src/image/replacements");
  private static final Path MERGED = Path.of("target/image/merged");

  @Test
  void everyMemberThatTheLibraryUsesIsThere() throws IOException {
    Set<String> replaced = replaced();
    assertFalse(replaced.isEmpty());
    Set<String> declared = new HashSet<>();
    for (String name : replaced) {
      ClassModel model = ClassFile.of().parse(MERGED.resolve(name + ".class"));
      model
          .methods()
          .forEach(m -> declared.add(member(name, m.methodName() + "", m.methodType() + "")));
      model
          .fields()
          .forEach(f -> declared.add(member(name, f.fieldName() + "", f.fieldType() + "")));
    }
    Set<String> missing = new TreeSet<>();
    for (Path user : libraryClasses()) {
      for (PoolEntry entry : ClassFile.of().parse(user).constantPool()) {
        if (entry instanceof MemberRefEntry used
            && replaced.contains(used.owner().asInternalName())) {
          missing.add(
              member(
                  used.owner().asInternalName(),
                  used.name().stringValue(),
                  used.type().stringValue()));
        }
      }
    }
    assertFalse(missing.isEmpty(), "the library uses no replaced class: drop the replacements");
    missing.removeAll(declared);
    assertEquals(Set.of(), missing);
  }

  /** Names in the form {@code org/sqlite/util/LoggerFactory}. */
  private static Set<String> replaced() throws IOException {
    try (Stream<Path> files = Files.walk(REPLACEMENTS)) {
      return new HashSet<>(
          files
              .map(file -> REPLACEMENTS.relativize(file).toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .toList());
    }
  }

  private static List<Path> libraryClasses() throws IOException {
    try (Stream<Path> files = Files.walk(MERGED.resolve("org/sqlite"))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static String member(String owner, String name, String type) {
    return owner + "." + name + " " + type;
  }
}
