package devml.run;

import devml.fault.Fault;
import devml.format.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A text file that is replaced as a whole: written beside the old one, and renamed when it is complete. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Writes a file in UTF-8; makes the directories above it.
     *
     * @throws Fault if it cannot be written; then the old one is as before
     */
    public static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(TemporaryName.name());
        try {
            if (Files.isDirectory(target)) {
                throw Fault.of(file + ": is a directory, not a file");
            }
            Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(target));
            try {
                Files.writeString(fresh, text);
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw Fault.of(file + ": cannot be written: " + FileAccess.reason(e), e);
        }
    }
}
