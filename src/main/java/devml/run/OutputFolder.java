package devml.run;

import devml.fault.Fault;
import devml.format.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory that is replaced as a whole: written beside the old one, and renamed when it is complete. A run that fails
 * or is interrupted leaves what was there before.
 */
public final class OutputFolder {
    private final Path target;
    private final Path fresh;
    private final Path old;

    private OutputFolder(Path target) {
        this.target = target;
        String unique = Unique.name();
        this.fresh = target.resolveSibling(unique + "-new");
        this.old = target.resolveSibling(unique + "-old");
    }

    /**
     * A directory to write to. What is there already may go if it is empty, or holds only what an earlier run wrote.
     *
     * @throws Fault if it holds anything else, which devml must not delete
     */
    public static OutputFolder at(Path directory) {
        try {
            Path target = Files.exists(directory)
                    ? directory.toRealPath()
                    : directory.toAbsolutePath().normalize();
            if (Path.of("").toAbsolutePath().startsWith(target)) {
                throw Fault.of(directory + ": holds the current directory, and cannot be replaced; choose another");
            }
            requireOurs(directory);
            return new OutputFolder(target);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static void requireOurs(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw Fault.of(directory + ": is in the way: not a directory");
        }
        Set<Path> ours = Manifest.files(directory);
        try (Stream<Path> found = Files.walk(directory)) {
            found.filter(path -> !Files.isDirectory(path))
                    .map(directory::relativize)
                    .filter(file -> !ours.contains(file))
                    .sorted()
                    .findFirst()
                    .ifPresent(file -> {
                        throw Fault.of(directory + ": holds '" + file
                                + "', which no run of devml wrote; it stays as it is: choose another directory");
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Replaces the directory.
     *
     * @param writing fills the directory that it is given
     * @throws Fault if it throws one, or the disk fails; then all is as before
     */
    public void replace(Consumer<Path> writing) {
        Thread undoing = new Thread(this::undo);
        Runtime.getRuntime().addShutdownHook(undoing);
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectory(fresh);
            writing.accept(fresh);
            swap();
        } catch (IOException e) {
            throw unusable(target, e);
        } finally {
            undo();
            forget(undoing);
        }
    }

    private synchronized void swap() throws IOException {
        requireOurs(target);
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts back the old directory if the new one is not in place, and takes away what is left over. */
    private synchronized void undo() {
        try {
            if (Files.exists(old) && Files.notExists(target)) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            delete(fresh);
            delete(old);
        } catch (IOException e) {
            throw unusable(target, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(directory)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static void forget(Thread undoing) {
        try {
            Runtime.getRuntime().removeShutdownHook(undoing);
        } catch (IllegalStateException _) {
            // the process ends, and it runs
        }
    }

    private static Fault unusable(Path directory, IOException e) {
        return Fault.of(directory + ": cannot be written: " + FileAccess.reason(e), e);
    }
}
