import java.lang.invoke.MethodHandles;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Method;
import jdk.internal.module.Modules;

/**
 * Starts the native image builder of Maven Central in a stock JDK. The builder's own driver, which
 * is not among what is published there, names each package of the JDK and of the builder's modules
 * that they open to each other on the command line of its JVM; they are more than a stock JVM takes
 * in arguments, so they are opened here.
 */
final class Builder {
  private static final String MODULE = "org.graalvm.nativeimage.builder";
  private static final String GENERATOR = "com.oracle.svm.hosted.NativeImageGeneratorRunner";

  private Builder() {}

  /**
   * @param arguments those of the builder, not those of its driver
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    for (Module module : ModuleLayer.boot().modules()) {
      ModuleDescriptor descriptor = module.getDescriptor();
      for (String name : descriptor.packages()) {
        Modules.addExports(module, name);
        Modules.addOpensToAllUnnamed(module, name);
        for (Module reader : ModuleLayer.boot().modules()) {
          if (isBuilders(reader)) {
            Modules.addOpens(module, name, reader);
          }
        }
      }
    }
    Module builder = ModuleLayer.boot().findModule(MODULE).orElseThrow();
    loadHelper(builder);
    Method main = Class.forName(builder, GENERATOR).getMethod("main", String[].class);
    main.invoke(null, (Object) arguments);
  }

  /** The one library that the builder looks for in the JDK's own folder stands elsewhere. */
  private static void loadHelper(Module builder) throws ReflectiveOperationException {
    String home = System.getProperty("java.home");
    System.setProperty("java.home", System.getProperty("pronto.builder.home"));
    Class<?> helper = Class.forName(builder, "com.oracle.svm.hosted.ProgressReporterCHelper");
    MethodHandles.privateLookupIn(helper, MethodHandles.lookup()).ensureInitialized(helper);
    System.setProperty("java.home", home);
  }

  private static boolean isBuilders(Module module) {
    String name = module.getName();
    return name.startsWith("org.graalvm.") || name.equals("jdk.graal.compiler");
  }
}
