package devml.cli;

import devml.fault.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts another JVM with other options, for a job that this one is not suited to: the launcher starts a JVM for short
 * jobs.
 */
final class AnotherJvm {
    /**
     * The system property by which the launcher says that this JVM is for short jobs: it has no second compiler (C2).
     */
    private static final String FOR_SHORT_JOBS = "devml.short";

    private AnotherJvm() {}

    static boolean isForShortJobs() {
        return Boolean.getBoolean(FOR_SHORT_JOBS);
    }

    /**
     * Runs a command line in another JVM as this process would, and waits for it. If this process is stopped, the other
     * one is too.
     *
     * @param vectors whether the other JVM has the Vector API, which can only be chosen when a JVM starts
     * @return the exit code
     */
    static int run(List<String> args, boolean vectors) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option ->
                        !option.startsWith("-XX:TieredStopAtLevel") && !option.startsWith("-XX:C1MaxInlineSize"))
                .filter(option -> !option.contains(FOR_SHORT_JOBS))
                // Without C2, vectors are slower than scalar code; and the AOT cache was made without the vector
                // module.
                .filter(option -> !vectors || !(option.startsWith("-XX:Tier4") || option.startsWith("-XX:AOTCache")))
                .forEach(command::add);
        if (vectors) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(args);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            Thread stop = new Thread(() -> stop(process));
            Runtime.getRuntime().addShutdownHook(stop);
            int code = process.waitFor();
            forget(stop);
            return code;
        } catch (IOException e) {
            throw Fault.of("cannot start another Java: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException _) {
            // the JVM is already shutting down, because Ctrl-C ends both processes
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
