package devml.run;

import devml.format.NpyWriter;
import devml.format.TensorFiles;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outputs that have a row for each sample: they go to files as the batches come, for they may not fit into memory. */
final class Spool implements AutoCloseable {
    private final Path directory;
    private final int samples;
    private final Map<String, NpyWriter> writers = new LinkedHashMap<>();

    /** @param samples of all batches together */
    Spool(Path directory, int samples) {
        this.directory = directory;
        this.samples = samples;
    }

    /** Writes the rows of the next batch. */
    void append(String name, Tensor rows) {
        writers.computeIfAbsent(name, n -> new NpyWriter(file(n), samples, rows))
                .append(rows);
    }

    @Override
    public void close() {
        writers.values().forEach(NpyWriter::close);
    }

    /** What was written, to be read again. Only once it is closed. */
    Map<String, Rows> written() {
        Map<String, Rows> rows = new LinkedHashMap<>();
        writers.keySet().forEach(name -> rows.put(name, TensorFiles.rows(file(name), Optional.empty())));
        return rows;
    }

    List<Path> files() {
        return writers.keySet().stream().map(this::file).toList();
    }

    private Path file(String name) {
        return directory.resolve(name + ".npy");
    }
}
