package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    rnu                              | unknown command 'rnu'; did you mean 'run'?
                    run x.yaml --formt npy           | unknown option '--formt'; did you mean '--format'?
                    run x.yaml --formt=npy           | unknown option '--formt'; did you mean '--format'?
                    run x.yaml y.yaml                | unexpected argument 'y.yaml'
                    run                              | missing required parameter: 'NET.yaml'
                    run x.yaml --format nyp          | unknown format 'nyp'; did you mean 'npy'?
                    run x.yaml --dtype float16       | unknown dtype 'float16'; did you mean 'float64' or 'float32'?
                    run x.yaml --evaluator quick     | unknown evaluator 'quick'; allowed: fast, reference
                    run x.yaml --threads 0           | --threads must be from 1 to 1024; found 0
                    run x.yaml --threads 20000       | --threads must be from 1 to 1024; found 20000
                    run x.yaml --seed one            | 'one' is not an integer
                    run x.yaml --json --print        | --print, --json are mutually exclusive (specify only one)
                    compare a.npz b.npz --rtol x     | 'x' is not a number
                    compare a.npz                    | missing required parameter: 'B'
                    """)
    void hintsAtWhatWasMeant(String line, String message) {
        Devml devml = Devml.run((Object[]) line.split(" "));
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.out()).isEmpty();
        assertThat(devml.err()).startsWith("error: ").contains(message);
        assertThat(devml.err().lines()).hasSize(2).last().asString().matches("See 'devml.* --help'\\.");
    }

    @Test
    void namesTheCommandsIfThereIsNone() {
        Devml devml = Devml.run();
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("a command is missing; there are: " + String.join(", ", Commands.names()));
    }

    static Stream<String> commands() {
        return Commands.names().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfByAnExample(String command) {
        Devml devml = Devml.run(command, "--help");
        assertThat(devml.code()).isZero();
        assertThat(devml.out())
                .startsWith("Usage: devml " + command)
                .containsPattern("Examples?:\n  .*devml " + command);
        assertThat(devml.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void listsTheCommands(String option) {
        assertThat(Devml.run(option).out())
                .contains(commands().toArray(String[]::new))
                .contains("Example:");
    }

    @Test
    void tellsItsVersion() {
        assertThat(Devml.run("--version").out()).startsWith("devml ").contains("Java " + Runtime.version());
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        assertThat(Devml.run("completion").out()).contains("complete ", "input-gradients", "junit");
    }

    @Test
    void reportsItsOwnMistakesWithATrace() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                new Errors(new PrintStream(err, true, StandardCharsets.UTF_8)).thrown(new IllegalStateException("!"));
        assertThat(code).isEqualTo(70);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("internal error", "java.lang.IllegalStateException: !", "\tat devml.cli.MainTest")
                .contains("report this at the project's issue tracker, with the file and this trace");
    }

    @Test
    void saysWhatToDoWhenMemoryRunsOut() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Errors(new PrintStream(err, true, StandardCharsets.UTF_8)).thrown(new OutOfMemoryError());
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("DEVML_JAVA_OPTS=-Xmx8g")
                .doesNotContain("\tat ");
    }
}
