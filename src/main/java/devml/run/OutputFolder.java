package devml.run;

import devml.fault.Fault;
import devml.format.FileAccess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A directory that is replaced as a whole: written beside the old one, and renamed when it is complete. A run that fails
 * or is interrupted leaves what was there before.
 */
public final class OutputFolder {
    private final Path target;
    private final Path fresh;
    private final Path old;

    /** What may go, as of the time when this was asked. */
    private final Set<Path> ours;

    private OutputFolder(Path target, Set<Path> ours) {
        this.target = target;
        this.ours = ours;
        String unique = TemporaryName.name();
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
            return new OutputFolder(target, requireOurs(directory));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** The files of an earlier run, relative to the directory. */
    private static Set<Path> requireOurs(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return Set.of();
        }
        if (!Files.isDirectory(directory)) {
            throw Fault.of(directory + ": is in the way: not a directory");
        }
        Set<Path> ours = Manifest.files(directory);
        List<Path> strangers = strangers(directory, ours);
        if (!strangers.isEmpty()) {
            throw Fault.of(directory + ": holds '" + Collections.min(strangers)
                    + "', which no run of devml wrote; it stays as it is: choose another directory");
        }
        return ours;
    }

    /** What lies in a directory, and in those in it, but directories and certain files; relative to it. */
    private static List<Path> strangers(Path directory, Set<Path> known) throws IOException {
        List<Path> strangers = new ArrayList<>();
        Path root = directory.toRealPath(); // a walk does not follow links
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path name = root.relativize(file);
                if (!known.contains(name)) {
                    strangers.add(name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return strangers;
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
        if (Files.exists(target)) {
            if (!strangers(target, ours).isEmpty()) {
                requireOurs(target); // which another run may have replaced meanwhile
            }
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
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return super.postVisitDirectory(visited, failure);
            }
        });
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
