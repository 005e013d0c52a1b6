package devml.format;

import devml.fault.Fault;
import devml.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes one array to an NPY file, a few rows at a time, so that the array need not be in memory as a whole. */
public final class NpyWriter implements AutoCloseable {
    private final Path file;
    private final OutputStream out;

    /**
     * Begins a file, replacing an existing one, and creates the directories above it.
     *
     * @param rows the total number of rows
     * @param like a tensor with the type of the elements and all extents but the first
     * @throws Fault if the file cannot be written
     */
    public NpyWriter(Path file, int rows, Tensor like) {
        this.file = file;
        List<Integer> dims = new ArrayList<>(like.shape().dims());
        dims.set(0, rows);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.out = new BufferedOutputStream(Files.newOutputStream(file));
            out.write(NpyHeader.bytes(dims, ElementType.of(like)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Writes the next rows.
     *
     * @throws Fault if the disk fails
     */
    public void append(Tensor rows) {
        try {
            ElementType.encode(rows, out);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Fault unwritable(IOException e) {
        return Fault.of(file + ": cannot be written: " + FileAccess.reason(e), e);
    }
}
