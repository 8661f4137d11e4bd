package org.prontodb.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.image.shapes.Shapes;

/** What the build of the runtime image rewrites does what it did before. */
class PlainCodeTest {
  private static final String PACKAGE = "org/prontodb/image/shapes";

  @TempDir Path folder;

  @Test
  void eachShapeAnswersAsJavacMadeIt() throws Exception {
    Path classes = Path.of("target/test-classes");
    copy(classes.resolve(PACKAGE), folder.resolve(PACKAGE));
    String expected = java("-cp", classes.toString(), Shapes.class.getName());
    for (String tool : List.of("PlainSwitches", "PlainLambdas")) {
      java("src/image/tools/" + tool + ".java", folder.toString(), PACKAGE);
    }
    assertEquals(expected, java("-Xverify:all", "-cp", folder.toString(), Shapes.class.getName()));
    assertTrue(expected.lines().count() > 25, expected);
    assertEquals(0, linkedLater(), "something was left for the JVM to link");
  }

  private long linkedLater() throws IOException {
    return ClassFile.of().parse(folder.resolve(PACKAGE).resolve("Shapes.class")).methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(CodeModel::elementStream)
        .filter(InvokeDynamicInstruction.class::isInstance)
        .count();
  }

  private String java(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    int exit =
        new ProcessBuilder(Stream.concat(Stream.of(java), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    String said = Files.readString(output).replaceAll("(?m)^.*warning:.*\n", "");
    assertEquals(0, exit, said);
    return said;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
