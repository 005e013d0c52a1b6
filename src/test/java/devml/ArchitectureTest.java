package devml;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which, and what none but {@code cli} may do. */
class ArchitectureTest {
    /** From the top down: a package may import those of the levels below its own, and no other. */
    private static final List<List<String>> LEVELS = List.of(
            List.of("cli"),
            List.of("report"),
            List.of("check"),
            List.of("gradcheck"),
            List.of("run"),
            List.of("network"),
            List.of("layer"),
            List.of("derive"),
            List.of("reference", "fast", "oracle", "rounding"),
            List.of("equation"),
            List.of("notation"),
            List.of("yaml"),
            List.of("format"),
            List.of("random"),
            List.of("tensor"),
            List.of("fault"));

    private static final JavaClasses DEVML = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("devml");

    private static Stream<String> packages() {
        return LEVELS.stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsGoOnlyDown(String name) {
        noClasses()
                .that()
                .resideInAPackage("devml." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(besideOrAbove(name))
                .check(DEVML);
    }

    private static String[] besideOrAbove(String name) {
        int own = 0;
        while (!LEVELS.get(own).contains(name)) {
            own++;
        }
        return LEVELS.subList(0, own + 1).stream()
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(other -> "devml." + other + "..")
                .toArray(String[]::new);
    }

    /** A package that no level names would escape the rule above. */
    @Test
    void everyClassIsInAPackageOfSomeLevel() {
        assertThat(DEVML.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(packages()).anyMatch(known -> (name + ".").startsWith("devml." + known + ".")));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("devml.(**)").should().beFreeOfCycles().check(DEVML);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("devml.cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(IO.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(DEVML);
    }

    @Test
    void nothingReflects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethodWhere(describe("the target reflects", ArchitectureTest::reflects))
                .check(DEVML);
    }

    private static boolean reflects(JavaMethodCall call) {
        var target = call.getTarget();
        var given = target.getRawReturnType().getBaseComponentType();
        boolean loadsByName = target.getOwner().isEquivalentTo(Class.class)
                && target.getName().equals("forName");
        return loadsByName || given.getPackageName().equals("java.lang.reflect");
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }
}
