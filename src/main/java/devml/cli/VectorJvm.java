package devml.cli;

import devml.fault.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that has the Vector API, which a JVM takes only when it starts. */
final class VectorJvm {
    private VectorJvm() {}

    /**
     * Runs a command line there as this process would, and waits for it. If this process is stopped, that one is too.
     *
     * @return its exit code
     */
    static int run(List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:Tier4")) // without C2, vectors are slower than numbers
                .filter(option -> !option.startsWith("-XX:AOTCache")) // which was made without the module
                .forEach(command::add);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(args);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Thread stop = new Thread(() -> stop(process));
            Runtime.getRuntime().addShutdownHook(stop);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return code;
        } catch (IOException e) {
            throw Fault.of("cannot start another Java for the Vector API: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
