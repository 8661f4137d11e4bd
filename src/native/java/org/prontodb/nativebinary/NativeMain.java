package org.prontodb.nativebinary;

import java.nio.file.Path;
import java.util.List;
import org.graalvm.nativeimage.ProcessProperties;
import org.graalvm.nativeimage.VMRuntime;
import org.graalvm.nativeimage.c.function.CFunction;
import org.prontodb.cli.Cli;
import org.prontodb.cli.Main;

/**
 * The entry of the native binary: hands a command that a JVM runs better over to the JVM image, and
 * says where the native libraries are, which a launcher does for the JVM.
 */
public final class NativeMain {
  private NativeMain() {}

  /** See src/native/c/start.c. Does not return. */
  @CFunction("pronto_run_on_jvm")
  private static native void runOnJvm();

  /** Runs one command and ends the process. */
  public static void main(String[] arguments) {
    if (Cli.isForJvm(List.of(arguments), System.getenv())) {
      runOnJvm();
    }
    // Signal handlers. It would be done before main, together with taking -D and -X out of the
    // arguments, which are the user's here.
    VMRuntime.initialize();
    Path home = Path.of(ProcessProperties.getExecutableName()).getParent();
    Path libraries = home.resolve("lib");
    System.setProperty("java.home", home.toString());
    System.setProperty("org.sqlite.lib.path", libraries.toString());
    System.setProperty("org.sqlite.lib.name", System.mapLibraryName("sqlitejdbc"));
    System.setProperty(
        "ZstdNativePath", libraries.resolve(System.mapLibraryName("zstd-jni")).toString());
    Main.main(arguments);
  }
}
