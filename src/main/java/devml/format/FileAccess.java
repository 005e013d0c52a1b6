package devml.format;

import devml.fault.Fault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Opens files, and turns failures into faults whose one-line message says why a file could not be opened. */
public final class FileAccess {
    private FileAccess() {}

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Returns the result of {@code reading} for the bytes of a file. They are mapped, not copied, and no longer valid
     * when this returns.
     *
     * @throws Fault if the file is missing, a directory, anything else but a regular file, or unreadable
     */
    static <T> T map(Path path, Function<MemorySegment, T> reading) {
        return map(path, reading, FileChannel::size, 0);
    }

    /**
     * Like {@link #map(Path, Function)}, for a part of the file.
     *
     * @throws Fault also if the file has become shorter
     */
    static <T> T map(Path path, long from, long length, Function<MemorySegment, T> reading) {
        return map(
                path,
                reading,
                channel -> {
                    if (channel.size() < from + length) {
                        throw Fault.of(path + ": has become shorter since it was opened");
                    }
                    return length;
                },
                from);
    }

    private interface Length {
        long of(FileChannel channel) throws IOException;
    }

    private static <T> T map(Path path, Function<MemorySegment, T> reading, Length length, long from) {
        requireFile(path);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return reading.apply(channel.map(MapMode.READ_ONLY, from, length.of(channel), arena));
        } catch (IOException e) {
            throw Fault.of(path + ": cannot be read: " + reason(e), e);
        }
    }

    /** Replaces a file by what {@code writing} writes, and creates the directories above it. */
    static void write(Path path, Writing writing) {
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                writing.to(out);
            }
        } catch (IOException e) {
            throw Fault.of(path + ": cannot be written: " + reason(e), e);
        }
    }

    /** Requires a regular file. This is checked before opening, because opening a pipe would wait for ever. */
    static void requireFile(Path path) {
        if (Files.isDirectory(path)) {
            throw Fault.of(path + ": is a directory, not a file");
        }
        if (Files.notExists(path)) {
            throw Fault.of(path + ": no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw Fault.of(path + ": cannot be read: not a regular file");
        }
    }

    /** Returns the reason why an operation failed, without the path, which the message around it contains already. */
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file";
            case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
