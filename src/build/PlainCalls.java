import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Rewrites compiled classes, in place, so that switches over types, and {@code equals} and {@code hashCode} of records,
 * are plain code. javac makes calls of them that the JVM links when a process first comes to each, by classes that it
 * makes then. What it makes for lambdas it keeps in its AOT cache, but not these, which take an eighth of a short run.
 */
final class PlainCalls {
    /** The package of what links such calls; a class that has none does not name it. */
    private static final String LINKERS = "java/lang/runtime/";

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

    private final ClassFile classes;
    private final ClassModel model;

    /** The new methods. */
    private final List<Consumer<ClassBuilder>> made = new ArrayList<>();

    private PlainCalls(ClassFile classes, byte[] bytes) {
        this.classes = classes;
        this.model = classes.parse(bytes);
    }

    /** Takes the folder of the classes, and that of the jars that they use. */
    public static void main(String[] args) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(Stream.concat(Stream.of(Path.of(args[0])), files(args[1], ".jar"))
                .map(PlainCalls::url)
                .toArray(URL[]::new))) {
            ClassFile classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader)));
            for (Path file : files(args[0], ".class").toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(LINKERS)) {
                    Files.write(file, new PlainCalls(classes, bytes).rewritten());
                }
            }
        }
    }

    private static Stream<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private byte[] rewritten() {
        ClassTransform calls = ClassTransform.transformingMethodBodies((code, element) -> {
            if (!(element instanceof InvokeDynamicInstruction call && replace(call, code))) {
                code.with(element);
            }
        });
        ClassTransform methods = ClassTransform.endHandler(builder -> made.forEach(method -> method.accept(builder)));
        return classes.transformClass(model, calls.andThen(methods));
    }

    /** Calls a new method instead, if what the call means is known here. */
    private boolean replace(InvokeDynamicInstruction call, CodeBuilder code) {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        switch (call.bootstrapMethod().methodName()) {
            case "typeSwitch" -> {
                if (!arguments.stream().allMatch(label -> label instanceof ClassDesc)) {
                    return false;
                }
                add(call, code, body -> typeSwitch(body, arguments));
            }
            case "bootstrap" -> {
                ClassDesc type = (ClassDesc) arguments.getFirst();
                List<DirectMethodHandleDesc> fields = arguments.subList(2, arguments.size()).stream()
                        .map(DirectMethodHandleDesc.class::cast)
                        .toList();
                switch (call.name().stringValue()) {
                    case "equals" -> add(call, code, body -> equals(body, type, fields));
                    case "hashCode" -> add(call, code, body -> hashCode(body, type, fields));
                    default -> {
                        return false;
                    }
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(InvokeDynamicInstruction call, CodeBuilder code, Consumer<CodeBuilder> body) {
        String name = "plain$" + call.name().stringValue() + made.size();
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
        made.add(builder -> builder.withMethodBody(name, call.typeSymbol(), flags, body));
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        code.invokestatic(model.thisClass().asSymbol(), name, call.typeSymbol(), isInterface);
    }

    /** From a value and the number of the first label to try: the first that holds; none -1 for null. */
    private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
        Label some = code.newLabel();
        code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }

    private static void equals(CodeBuilder code, ClassDesc type, List<DirectMethodHandleDesc> fields) {
        Label different = code.newLabel();
        code.aload(1).instanceOf(type).ifeq(different);
        code.aload(1).checkcast(type).astore(2);
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc of = get(code, 0, type, field);
            get(code, 2, type, field);
            switch (TypeKind.from(of)) {
                case REFERENCE ->
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(
                                    ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                            .ifeq(different);
                default ->
                    code.invokestatic(boxed(of), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, of, of))
                            .ifne(different);
            }
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static void hashCode(CodeBuilder code, ClassDesc type, List<DirectMethodHandleDesc> fields) {
        code.iconst_0();
        for (DirectMethodHandleDesc field : fields) {
            code.loadConstant(31).imul();
            ClassDesc of = get(code, 0, type, field);
            switch (TypeKind.from(of)) {
                case REFERENCE ->
                    code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
                default -> code.invokestatic(boxed(of), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, of));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static ClassDesc get(CodeBuilder code, int local, ClassDesc type, DirectMethodHandleDesc field) {
        ClassDesc of = field.invocationType().returnType();
        code.aload(local).getfield(type, field.methodName(), of);
        return of;
    }

    private static ClassDesc boxed(ClassDesc primitive) {
        return switch (primitive.descriptorString()) {
            case "Z" -> ConstantDescs.CD_Boolean;
            case "B" -> ConstantDescs.CD_Byte;
            case "C" -> ConstantDescs.CD_Character;
            case "S" -> ConstantDescs.CD_Short;
            case "I" -> ConstantDescs.CD_Integer;
            case "J" -> ConstantDescs.CD_Long;
            case "F" -> ConstantDescs.CD_Float;
            case "D" -> ConstantDescs.CD_Double;
            default -> throw new IllegalArgumentException(primitive.descriptorString());
        };
    }
}
