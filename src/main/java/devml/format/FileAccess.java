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

/** Opens files, and tells a user in one line why one could not be opened. */
public final class FileAccess {
    private FileAccess() {}

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * What {@code reading} makes of a file's bytes. They are mapped, not copied, and gone when this returns.
     *
     * @throws Fault if it is missing, a directory, anything else but a regular file, or unreadable
     */
    static <T> T map(Path path, Function<MemorySegment, T> reading) {
        return map(path, reading, FileChannel::size, 0);
    }

    /**
     * As {@link #map(Path, Function)}, of some of the bytes.
     *
     * @throws Fault as well, if the file has become shorter than that
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

    /** Replaces a file by what {@code writing} puts out; makes the directories above it. */
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

    /** Checked before opening: to open a pipe would wait for ever. */
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

    /** Why an operation failed, without the path, which the message around it has already. */
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
