package devml.cli;

import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.ReferenceNames;
import devml.check.Tolerance;
import devml.format.TensorFiles;
import devml.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code devml compare}: compares two sets of tensors. */
final class CompareCommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec command;
    private final ComparisonOptions options = new ComparisonOptions();

    private Path values;
    private Path reference;

    CompareCommand(Main main) {
        this.main = main;
        this.command = Syntax.command(
                "compare",
                main,
                this,
                List.of(
                        "Compares two sets of tensors: directories, .npz, .safetensors or .json files, or single .npy or "
                                + ".csv files.",
                        "",
                        "Tensors are matched by name; 'gradients/NAME' is NAME, so that a directory that run wrote and an "
                                + "archive of plain names fit. A name that only one of them has fails, and so does another "
                                + "shape."),
                List.of("devml compare results expected.npz", "devml compare a.npy b.npy --rtol 1e-5 --atol 0"));
        command.addPositional(Syntax.argument(Path.class, path -> values = path)
                        .index("0")
                        .paramLabel("A")
                        .description("The values.")
                        .build())
                .addPositional(Syntax.argument(Path.class, path -> reference = path)
                        .index("1")
                        .paramLabel("B")
                        .description("The reference.")
                        .build());
        options.addTo(command);
    }

    CommandSpec command() {
        return command;
    }

    @Override
    public Integer call() {
        Map<String, Tensor> left = read(values);
        Map<String, Tensor> right = read(reference);
        if (holdsOne(values) && holdsOne(reference)) {
            right = Map.of(
                    left.keySet().iterator().next(), right.values().iterator().next());
        }
        Comparison comparison = Comparison.ofEqualNames(left, right, options.tolerance(Tolerance::between));
        List<FileComparison> files = List.of(new FileComparison(values.toString(), comparison, Map.of()));
        options.report(main, files);
        return ExitCode.of(FileComparison.verdict(files));
    }

    private static Map<String, Tensor> read(Path path) {
        return ReferenceNames.canonical(TensorFiles.readAll(path));
    }

    /** Whether the path is a file of a single tensor, whose name does not matter. */
    private static boolean holdsOne(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && (name.endsWith(".npy") || name.endsWith(".csv"));
    }
}
