import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites each lambda and method reference in compiled classes as the inner class that it stands
 * for, as javac itself did not before Java 8 had others make them.
 *
 * <p>javac leaves such a class to be written when the expression is first reached. An AOT cache of
 * JDK 25 keeps what was written in training, but also all that wrote it, some 200 classes of the
 * JDK, which each start then loads; and each expression is still linked when it is reached.
 *
 * <p>What {@link java.lang.invoke.LambdaMetafactory} says of types is what is done here: arguments
 * are cast, boxed, unboxed and widened from the interface's types by way of the instantiated ones
 * to those of the method that is called. An expression that asks for more (one that can be
 * serialised) is left as it is.
 */
final class PlainLambdas {
  private static final int FIRST_WITH_NESTS = ClassFile.JAVA_11_VERSION;

  private static final String FIELD = "captured";
  private static final String INSTANCE = "INSTANCE";
  private static final String MAKE = "make";

  private static final ClassDesc NUMBER = ClassDesc.of("java.lang.Number");

  private static final Map<ClassDesc, ClassDesc> BOXES =
      Map.of(
          ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
          ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
          ConstantDescs.CD_char, ConstantDescs.CD_Character,
          ConstantDescs.CD_short, ConstantDescs.CD_Short,
          ConstantDescs.CD_int, ConstantDescs.CD_Integer,
          ConstantDescs.CD_long, ConstantDescs.CD_Long,
          ConstantDescs.CD_float, ConstantDescs.CD_Float,
          ConstantDescs.CD_double, ConstantDescs.CD_Double);

  private final ClassFolder folder;
  private final ClassFile format;

  /** By the name of a nest's host, what has joined the nest. */
  private final Map<String, List<ClassDesc>> joined = new HashMap<>();

  private PlainLambdas(ClassFolder folder) {
    this.folder = folder;
    this.format = folder.format();
  }

  /** Takes a folder of all classes, and the folders in it whose classes are to be rewritten. */
  public static void main(String[] arguments) throws IOException {
    PlainLambdas plain = new PlainLambdas(new ClassFolder(Path.of(arguments[0])));
    for (int i = 1; i < arguments.length; i++) {
      for (Path file : plain.folder.classes(arguments[i])) {
        plain.rewrite(file);
      }
    }
    plain.joinNests();
  }

  private void rewrite(Path file) throws IOException {
    ClassModel model = format.parse(file);
    ClassDesc owner = model.thisClass().asSymbol();
    String name = model.thisClass().asInternalName();
    String host =
        model
            .findAttribute(Attributes.nestHost())
            .map(attribute -> attribute.nestHost().asInternalName())
            .orElse(name);
    int[] made = {0};
    CodeTransform calls =
        (code, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isLambda(call)) {
            ClassDesc plain = ClassDesc.ofInternalName(name + "$$Plain" + made[0]++);
            write(plain, ClassDesc.ofInternalName(host), call);
            joined.computeIfAbsent(host, key -> new ArrayList<>()).add(plain);
            code.invokestatic(plain, MAKE, call.typeSymbol());
          } else {
            code.with(element);
          }
        };
    byte[] rewritten = format.transformClass(model, ClassTransform.transformingMethodBodies(calls));
    if (made[0] > 0) {
      Files.write(file, rewritten);
    }
  }

  private static boolean isLambda(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().displayName().equals("LambdaMetafactory")
        && call.bootstrapMethod().methodName().equals("metafactory");
  }

  /** Writes the class: a field for each captured value, and the one method of the interface. */
  private void write(ClassDesc plain, ClassDesc host, InvokeDynamicInstruction call) {
    MethodTypeDesc factory = call.typeSymbol();
    List<ClassDesc> captured = factory.parameterList();
    MethodTypeDesc erased = (MethodTypeDesc) call.bootstrapArgs().get(0);
    DirectMethodHandleDesc target = (DirectMethodHandleDesc) call.bootstrapArgs().get(1);
    MethodTypeDesc instantiated = (MethodTypeDesc) call.bootstrapArgs().get(2);
    byte[] bytes =
        format.build(
            plain,
            builder -> {
              builder
                  .withVersion(ClassFile.latestMajorVersion(), 0)
                  .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
                  .withInterfaceSymbols(factory.returnType())
                  .with(NestHostAttribute.of(host));
              for (int i = 0; i < captured.size(); i++) {
                int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;
                builder.withField(FIELD + i, captured.get(i), flags);
              }
              builder.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  factory.changeReturnType(ConstantDescs.CD_void),
                  ClassFile.ACC_PRIVATE,
                  code -> keep(code, plain, captured));
              if (captured.isEmpty()) {
                int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
                builder.withField(INSTANCE, plain, flags);
                builder.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_STATIC,
                    code ->
                        code.new_(plain)
                            .dup()
                            .invokespecial(plain, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .putstatic(plain, INSTANCE, plain)
                            .return_());
              }
              builder.withMethodBody(
                  MAKE, factory, ClassFile.ACC_STATIC, code -> make(code, plain, factory));
              builder.withMethodBody(
                  call.name().stringValue(),
                  erased,
                  ClassFile.ACC_PUBLIC,
                  code -> answer(code, plain, captured, erased, instantiated, target));
            });
    try {
      Files.write(folder.file(plain), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(CodeBuilder code, ClassDesc plain, List<ClassDesc> captured) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
    for (int i = 0; i < captured.size(); i++) {
      code.aload(0)
          .loadLocal(TypeKind.from(captured.get(i)), code.parameterSlot(i))
          .putfield(plain, FIELD + i, captured.get(i));
    }
    code.return_();
  }

  private static void make(CodeBuilder code, ClassDesc plain, MethodTypeDesc factory) {
    if (factory.parameterCount() == 0) {
      code.getstatic(plain, INSTANCE, plain).areturn();
      return;
    }
    code.new_(plain).dup();
    for (int i = 0; i < factory.parameterCount(); i++) {
      code.loadLocal(TypeKind.from(factory.parameterType(i)), code.parameterSlot(i));
    }
    code.invokespecial(
            plain, ConstantDescs.INIT_NAME, factory.changeReturnType(ConstantDescs.CD_void))
        .areturn();
  }

  private static void answer(
      CodeBuilder code,
      ClassDesc plain,
      List<ClassDesc> captured,
      MethodTypeDesc erased,
      MethodTypeDesc instantiated,
      DirectMethodHandleDesc target) {
    boolean constructor = target.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
    MethodTypeDesc taken = target.invocationType();
    if (constructor) {
      code.new_(target.owner()).dup();
    }
    int to = 0;
    for (int i = 0; i < captured.size(); i++) {
      code.aload(0).getfield(plain, FIELD + i, captured.get(i));
      convert(code, captured.get(i), taken.parameterType(to++));
    }
    for (int i = 0; i < erased.parameterCount(); i++) {
      code.loadLocal(TypeKind.from(erased.parameterType(i)), code.parameterSlot(i));
      convert(code, erased.parameterType(i), instantiated.parameterType(i));
      convert(code, instantiated.parameterType(i), taken.parameterType(to++));
    }
    invoke(code, target);
    if (erased.returnType().equals(ConstantDescs.CD_void)) {
      drop(code, taken.returnType());
    } else {
      convert(code, taken.returnType(), instantiated.returnType());
      convert(code, instantiated.returnType(), erased.returnType());
    }
    code.return_(TypeKind.from(erased.returnType()));
  }

  private static void drop(CodeBuilder code, ClassDesc type) {
    switch (TypeKind.from(type).slotSize()) {
      case 1 -> code.pop();
      case 2 -> code.pop2();
      default -> {}
    }
  }

  private static void invoke(CodeBuilder code, DirectMethodHandleDesc target) {
    ClassDesc owner = target.owner();
    String name = target.methodName();
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
    switch (target.kind()) {
      case STATIC, INTERFACE_STATIC ->
          code.invokestatic(owner, name, type, target.isOwnerInterface());
      case CONSTRUCTOR -> code.invokespecial(owner, ConstantDescs.INIT_NAME, type);
      // A method that is private to the nest, too.
      case VIRTUAL, SPECIAL -> code.invokevirtual(owner, name, type);
      case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> code.invokeinterface(owner, name, type);
      default -> throw new IllegalArgumentException("not a method: " + target);
    }
  }

  /** What is on the stack as one type becomes another one. */
  private static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
    if (from.equals(to)) {
      return;
    }
    if (from.isPrimitive() && to.isPrimitive()) {
      code.conversion(TypeKind.from(from), TypeKind.from(to));
    } else if (from.isPrimitive()) {
      ClassDesc box = BOXES.get(from);
      code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, from));
    } else if (to.isPrimitive()) {
      unbox(code, from, to);
    } else if (!to.equals(ConstantDescs.CD_Object)) {
      code.checkcast(to);
    }
  }

  /** A type that is no box, such as that of a variable, may hold any box that fits. */
  private static void unbox(CodeBuilder code, ClassDesc from, ClassDesc to) {
    ClassDesc box = from;
    ClassDesc value = to;
    if (BOXES.containsValue(from)) {
      for (Map.Entry<ClassDesc, ClassDesc> each : BOXES.entrySet()) {
        value = each.getValue().equals(from) ? each.getKey() : value;
      }
    } else {
      box =
          to.equals(ConstantDescs.CD_boolean) || to.equals(ConstantDescs.CD_char)
              ? BOXES.get(to)
              : NUMBER;
      code.checkcast(box);
    }
    code.invokevirtual(box, value.displayName() + "Value", MethodTypeDesc.of(value));
    convert(code, value, to);
  }

  /** Lets the written classes call what is private to those that they were written for. */
  private void joinNests() throws IOException {
    for (Map.Entry<String, List<ClassDesc>> nest : joined.entrySet()) {
      Path file = folder.file(ClassDesc.ofInternalName(nest.getKey()));
      ClassModel model = format.parse(file);
      List<ClassDesc> members = new ArrayList<>();
      model
          .findAttribute(Attributes.nestMembers())
          .ifPresent(
              before ->
                  before.nestMembers().stream().map(ClassEntry::asSymbol).forEach(members::add));
      members.addAll(nest.getValue());
      int version = Math.max(model.majorVersion(), FIRST_WITH_NESTS);
      ClassTransform before =
          ClassTransform.dropping(
              element ->
                  element instanceof NestMembersAttribute || element instanceof ClassFileVersion);
      ClassTransform after =
          ClassTransform.endHandler(
              builder ->
                  builder.withVersion(version, 0).with(NestMembersAttribute.ofSymbols(members)));
      Files.write(file, format.transformClass(model, before.andThen(after)));
    }
  }
}
