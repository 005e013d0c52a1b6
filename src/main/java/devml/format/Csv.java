package devml.format;

import devml.fault.Fault;
import devml.fault.Source;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads and writes text tables of numbers, as {@code numpy.savetxt(file, array, delimiter=",")} and
 * {@code numpy.loadtxt} exchange them.
 *
 * <p>A tensor of one dimension has one value per line, one of two dimensions is written as rows. Any other shape, and
 * one that would be mistaken for another (a single column, no elements at all), is given in a comment on the first
 * line, {@code # shape: (2, 3, 4)}, followed by rows of the last dimension. Numbers are written with the fewest digits
 * that tell them apart.
 */
public final class Csv {
    private static final String SHAPE = "# shape: ";

    private Csv() {}

    /**
     * Returns the array in a file: longs if every value is written as an integer, otherwise doubles.
     *
     * @throws Fault if the file cannot be read, or in the cases of {@link #read(Source)}
     */
    public static Tensor read(Path file) {
        String text = FileAccess.map(file, bytes -> {
            if (bytes.byteSize() > Shape.MAX_SIZE) {
                throw Fault.of(file + ": too large for a text of numbers; .npy holds more");
            }
            return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        });
        return read(new Source(file.toString(), text));
    }

    /**
     * Returns the array in a text. Values are separated by commas or blanks; {@code #} begins a comment; empty lines
     * are skipped. Without a line that gives the shape, rows of one value make a vector, and any others a matrix.
     *
     * @throws Fault with its place, if a value is not a number, rows differ in length, the values do not fit the shape,
     *     or there are none
     */
    public static Tensor read(Source source) {
        return new CsvReader(source).read();
    }

    /** Writes a file, replacing an existing one, and creates the directories above it. */
    public static void write(Path file, Tensor tensor) {
        FileAccess.write(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.US_ASCII);
            write(tensor, writer);
            writer.flush();
        });
    }

    private static void write(Tensor tensor, Writer out) throws IOException {
        Shape shape = tensor.shape();
        boolean speaksForItself = shape.size() > 0 && (shape.rank() == 1 || (shape.rank() == 2 && shape.dim(1) > 1));
        if (!speaksForItself) {
            out.write(SHAPE + shape + "\n");
        }
        int columns = columns(shape);
        for (int i = 0; i < tensor.size(); i++) {
            out.write(text(tensor, i));
            out.write((i + 1) % columns == 0 ? '\n' : ',');
        }
    }

    /** The number of values per row: the last extent; one value per line if there is a single dimension or none. */
    static int columns(Shape shape) {
        return shape.rank() < 2 ? 1 : shape.dims().getLast();
    }

    private static String text(Tensor tensor, int i) {
        return switch (tensor) {
            case Longs(var _, long[] values) -> Long.toString(values[i]);
            case Doubles(var _, double[] values) when Double.isFinite(values[i]) -> Double.toString(values[i]);
            case Floats(var _, float[] values) when Float.isFinite(values[i]) -> Float.toString(values[i]);
            case Doubles _, Floats _ -> {
                double value = tensor.get(i);
                yield Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
            }
        };
    }
}
