import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites each {@code switch} over types in compiled classes as the row of {@code instanceof} that
 * it means.
 *
 * <p>javac compiles it to a call that is linked when it is first reached: the JVM then writes a
 * class that does the tests, which no AOT cache of JDK 25 keeps. The first of them costs a start
 * some 15 ms, and each further one 2.
 */
final class PlainSwitches {
  private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  private static final MethodTypeDesc TESTS =
      MethodTypeDesc.of(ConstantDescs.CD_int, OBJECT, ConstantDescs.CD_int);

  private final ClassFile format;
  private final ClassDesc owner;
  private final boolean isInterface;
  private final List<List<ClassDesc>> switches = new ArrayList<>();

  private PlainSwitches(ClassFile format, ClassModel model) {
    this.format = format;
    this.owner = model.thisClass().asSymbol();
    this.isInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  /** Takes a folder of all classes, and the folders in it whose classes are to be rewritten. */
  public static void main(String[] arguments) throws IOException {
    ClassFolder folder = new ClassFolder(Path.of(arguments[0]));
    ClassFile format = folder.format();
    for (int i = 1; i < arguments.length; i++) {
      for (Path file : folder.classes(arguments[i])) {
        ClassModel model = format.parse(file);
        PlainSwitches plain = new PlainSwitches(format, model);
        byte[] rewritten = plain.rewrite(model);
        if (!plain.switches.isEmpty()) {
          Files.write(file, rewritten);
        }
      }
    }
  }

  private byte[] rewrite(ClassModel model) {
    CodeTransform calls =
        (code, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isOverTypes(call)) {
            code.invokestatic(owner, nameOf(switches.size()), TESTS, isInterface);
            switches.add(call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList());
          } else {
            code.with(element);
          }
        };
    ClassTransform methods =
        ClassTransform.endHandler(
            builder -> {
              for (int i = 0; i < switches.size(); i++) {
                List<ClassDesc> types = switches.get(i);
                builder.withMethodBody(
                    nameOf(i),
                    TESTS,
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> tests(code, types));
              }
            });
    return format.transformClass(
        model,
        ClassTransform.transformingMethodBodies(PlainSwitches::holdsOne, calls).andThen(methods));
  }

  private static boolean holdsOne(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(element -> element instanceof InvokeDynamicInstruction c && isOverTypes(c));
  }

  private static String nameOf(int number) {
    return "switch$" + number;
  }

  /** A switch that has constants among its cases stays as it is. */
  private static boolean isOverTypes(InvokeDynamicInstruction call) {
    return call.name().equalsString("typeSwitch")
        && call.bootstrapMethod().owner().displayName().equals("SwitchBootstraps")
        && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
  }

  /**
   * What SwitchBootstraps.typeSwitch says: -1 for null, else the number of the first type, counted
   * from the one at which to begin, that the object has, or how many there are.
   */
  private static void tests(CodeBuilder code, List<ClassDesc> types) {
    Label notNull = code.newLabel();
    code.aload(0).ifnonnull(notNull).loadConstant(-1).ireturn().labelBinding(notNull);
    for (int i = 0; i < types.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf(types.get(i)).ifeq(next).loadConstant(i).ireturn();
      code.labelBinding(next);
    }
    code.loadConstant(types.size()).ireturn();
  }
}
