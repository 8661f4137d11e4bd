import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of compiled classes that are to be rewritten. */
record ClassFolder(Path path) {

  /** Reads and writes classes of the folder, whose kinship it knows. */
  ClassFile format() {
    ClassHierarchyResolver there =
        ClassHierarchyResolver.ofResourceParsing(this::open)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(there));
  }

  /** The files of all classes in a folder within this one. */
  List<Path> classes(String within) throws IOException {
    try (Stream<Path> files = Files.walk(path.resolve(within))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  Path file(ClassDesc type) {
    String name = type.descriptorString();
    return path.resolve(name.substring(1, name.length() - 1) + ".class");
  }

  private InputStream open(ClassDesc type) {
    Path file = file(type);
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
