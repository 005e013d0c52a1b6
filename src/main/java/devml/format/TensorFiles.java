package devml.format;

import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads and writes named tensors, in the format given by the extension of a path. */
public final class TensorFiles {
    /** The base names of the archives that {@code devml run} writes. */
    private static final List<String> ARCHIVES = List.of("gradients", "values");

    private TensorFiles() {}

    /**
     * Returns all tensors at a path by key. The key of a tensor in an archive is its name there, in the order of the
     * archive; that of the tensor in a single file is the base name of the file; those of all {@code .npy} and
     * {@code .csv} files below a directory are their relative paths, with {@code /} and without extension, sorted. A
     * tensor may be there in both formats. A directory without such files yields the tensors of the archive that
     * {@code devml run} writes.
     *
     * @throws Fault if there is nothing, nothing readable, or two files with the same key hold different numbers
     */
    public static SequencedMap<String, Tensor> readAll(Path path) {
        if (Files.isDirectory(path)) {
            return readDirectory(path);
        }
        FileAccess.requireFile(path);
        return switch (Format.of(path)) {
            case NPY, CSV -> {
                SequencedMap<String, Tensor> single = new LinkedHashMap<>();
                single.put(Format.baseName(path), readOne(path, Optional.empty()));
                yield Collections.unmodifiableSequencedMap(single);
            }
            case NPZ -> Npz.readAll(path);
            case SAFETENSORS -> Safetensors.readAll(path);
            case JSON -> Json.readAll(path);
        };
    }

    /**
     * Returns one tensor of a file: the one with the key, or, without a key, the only one.
     *
     * @throws Fault if the file cannot be read, has no such key, or a key is missing or superfluous
     */
    public static Tensor readOne(Path file, Optional<String> key) {
        FileAccess.requireFile(file);
        Format format = Format.of(file);
        if (key.isPresent() && (format == Format.NPY || format == Format.CSV)) {
            throw Fault.of(file + ": holds a single tensor, which has no key; found '#" + key.get() + "' after it");
        }
        return switch (format) {
            case NPY -> Npy.read(file);
            case CSV -> Csv.read(file);
            case NPZ -> key.map(k -> Npz.read(file, k)).orElseGet(() -> only(file));
            case SAFETENSORS -> key.map(k -> Safetensors.read(file, k)).orElseGet(() -> only(file));
            case JSON -> key.map(k -> Keys.pick(Json.readAll(file), k, file)).orElseGet(() -> only(file));
        };
    }

    /**
     * Opens the tensor that {@link #readOne} returns, to be read row by row. It is not held in memory if its elements
     * are stored in the file uncompressed, as in NPY and safetensors files, and in NPZ archives that are not
     * compressed.
     *
     * @throws Fault in the cases of {@link #readOne}
     */
    public static Rows rows(Path file, Optional<String> key) {
        FileAccess.requireFile(file);
        return switch (Format.of(file)) {
            case NPY -> key.isEmpty() ? Npy.rows(file) : Rows.of(readOne(file, key));
            case SAFETENSORS -> key.map(k -> Safetensors.rows(file, k)).orElseGet(() -> Rows.of(readOne(file, key)));
            case NPZ -> key.map(k -> Npz.rows(file, k)).orElseGet(() -> Rows.of(readOne(file, key)));
            case CSV, JSON -> Rows.of(readOne(file, key));
        };
    }

    /**
     * Returns the kind of the numbers of a tensor in a file, by the type that the file gives them; in CSV and JSON,
     * integers if all are written as such.
     *
     * @throws Fault in the cases of {@link #readOne}
     */
    public static Kind kind(Path file, Optional<String> key) {
        FileAccess.requireFile(file);
        return switch (Format.of(file)) {
            case NPY -> Npy.kind(file);
            case NPZ -> Npz.kind(file, key);
            case SAFETENSORS -> Safetensors.kind(file, key);
            case CSV, JSON -> readOne(file, key) instanceof Tensor.Longs ? Kind.INTEGER : Kind.REAL;
        };
    }

    /**
     * Writes tensors below a directory: in NPY and CSV, one file for each, named after the tensor ({@code /} makes
     * directories), in the other formats one file for all.
     *
     * @param base the name, without extension, of the file that holds them all
     * @return the files written
     * @throws Fault if a name would leave the directory, or a file cannot be written; files written before that remain
     */
    public static List<Path> write(Map<String, Tensor> tensors, Format format, Path directory, String base) {
        tensors.keySet().forEach(TensorFiles::requirePlain);
        String extension = "." + format.extension();
        Path together = directory.resolve(base + extension);
        switch (format) {
            case NPY -> tensors.forEach((name, tensor) -> Npy.write(directory.resolve(name + extension), tensor));
            case CSV -> tensors.forEach((name, tensor) -> Csv.write(directory.resolve(name + extension), tensor));
            case NPZ -> Npz.write(together, tensors);
            case SAFETENSORS -> Safetensors.write(together, tensors);
            case JSON -> Json.write(together, tensors);
        }
        return switch (format) {
            case NPY, CSV ->
                tensors.keySet().stream()
                        .map(name -> directory.resolve(name + extension))
                        .toList();
            case NPZ, SAFETENSORS, JSON -> List.of(together);
        };
    }

    private static SequencedMap<String, Tensor> readDirectory(Path directory) {
        SortedMap<String, SortedSet<Path>> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(TensorFiles::holdsOne).forEach(file -> {
                String path = directory.relativize(file).toString().replace(File.separatorChar, '/');
                files.computeIfAbsent(path.substring(0, path.lastIndexOf('.')), _ -> new TreeSet<>())
                        .add(file);
            });
        } catch (UncheckedIOException e) {
            throw Fault.of(directory + ": cannot be read: " + FileAccess.reason(e.getCause()), e);
        } catch (IOException e) {
            throw Fault.of(directory + ": cannot be read: " + FileAccess.reason(e), e);
        }
        if (files.isEmpty()) {
            return readAll(archive(directory));
        }
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        files.forEach((key, copies) -> tensors.put(key, readCopies(copies)));
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Returns the archive that a run leaves if its format holds all tensors in one file. */
    private static Path archive(Path directory) {
        return Stream.of(Format.NPZ, Format.SAFETENSORS, Format.JSON)
                .flatMap(format -> ARCHIVES.stream().map(name -> directory.resolve(name + "." + format.extension())))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> Fault.of(directory + ": holds no .npy or .csv file, and no gradients.npz"));
    }

    /**
     * Reads the last file, which is the NPY file if there are two, because it preserves the type. The text must hold
     * the same numbers.
     */
    private static Tensor readCopies(SortedSet<Path> files) {
        Tensor tensor = readOne(files.last(), Optional.empty());
        files.headSet(files.last()).forEach(file -> {
            Tensor copy = readOne(file, Optional.empty());
            boolean same = tensor instanceof Tensor.Floats(Shape _, float[] values)
                    ? Arrays.equals(copy.toFloats().values(), values)
                    : Arrays.equals(
                            copy.toDoubles().values(), tensor.toDoubles().values());
            if (!same || !copy.shape().equals(tensor.shape())) {
                throw Fault.of(file + ": holds other numbers than " + files.last() + "; one of them is of another run");
            }
        });
        return tensor;
    }

    private static boolean holdsOne(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".npy") || name.endsWith(".csv")) && Files.isRegularFile(file);
    }

    private static Tensor only(Path file) {
        SequencedMap<String, Tensor> tensors = readAll(file);
        if (tensors.size() != 1) {
            throw Fault.of(file + ": holds " + tensors.size() + " tensors; choose one by " + file + "#KEY; keys: "
                    + String.join(", ", tensors.keySet()));
        }
        return tensors.firstEntry().getValue();
    }

    /** Refuses names that would place a file outside the directory, here or where an archive is unpacked. */
    private static void requirePlain(String name) {
        boolean plain = Arrays.stream(name.split("/", -1))
                .allMatch(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."));
        if (!plain || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw Fault.of("'" + name.replaceAll("\\p{Cntrl}", "?")
                    + "' cannot name a file; allowed: names between slashes, without '.', '..' or a backslash");
        }
    }
}
