package devml.run;

import devml.fast.Workers;
import devml.fault.Fault;
import devml.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the cases that {@code testdata/fuzz.py} wrote to a folder, by every evaluator: prints those on which devml and
 * PyTorch differ, or that one of them refuses. For use from the command line; docs/development.md tells how.
 */
final class Fuzz {
    private Fuzz() {}

    public static void main(String[] folder) throws IOException {
        List<Path> cases = networks(Path.of(folder[0]));
        long failed = 0;
        Workers workers = new Workers(1);
        failed += cases.stream()
                .filter(file -> differs(file, ReferenceEvaluator::new))
                .count();
        failed += cases.stream()
                .filter(file -> differs(file, (dtype, program) -> new FastEvaluator(dtype, program, workers)))
                .count();
        List<Path> refused = networks(Path.of(folder[0], "refused"));
        long accepted = refused.stream().filter(Fuzz::isAccepted).count();
        System.out.printf(
                "%d cases, %d failures; %d refused by PyTorch, %d of them accepted here%n",
                cases.size(), failed, refused.size(), accepted);
    }

    private static List<Path> networks(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean differs(Path file, Runner.Evaluators evaluators) {
        try {
            CasesTest.check(file, evaluators);
            return false;
        } catch (AssertionError | RuntimeException difference) {
            String kind = difference instanceof Fault || difference instanceof AssertionError
                    ? ""
                    : difference.getClass().getSimpleName() + " ";
            String message = String.valueOf(difference.getMessage()).strip().replaceAll("\\s+", " ");
            System.out.println(file.getFileName() + ": " + kind + message);
            return true;
        }
    }

    private static boolean isAccepted(Path file) {
        try {
            Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
            Runner.run(workload, Runner.parameters(workload.network()), _ -> {});
            System.out.println(
                    file + " is accepted; PyTorch: " + Files.readAllLines(file).getFirst());
            return true;
        } catch (Fault refused) {
            return false;
        } catch (IOException | RuntimeException error) {
            System.out.println(file + ": " + error);
            return true;
        }
    }
}
