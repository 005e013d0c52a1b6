package devml.report;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Formats a tensor as {@code print} shows a NumPy array (version 2, default print options): lines of 75 characters, 8
 * digits after the point; of more than 1000 elements, only the first and last three along each dimension are shown.
 */
public final class ArrayText {
    private static final int LINE_WIDTH = 75;
    private static final int THRESHOLD = 1000;
    private static final int EDGE_ITEMS = 3;
    private static final String SUMMARY = "...";
    /** The beginning of every line after the first: room for the outermost bracket. */
    private static final String INDENT = " ";

    private final Shape shape;
    private final boolean summarised;
    private final IntFunction<String> format;

    private ArrayText(Tensor tensor) {
        this.shape = tensor.shape();
        this.summarised = tensor.size() > THRESHOLD;
        int[] shown = summarised
                ? corners(0, 0).toArray()
                : IntStream.range(0, tensor.size()).toArray();
        this.format = format(tensor, shown);
    }

    /** Returns the text, without a line feed at its end. */
    public static String of(Tensor tensor) {
        if (tensor.size() == 0) {
            return "[]";
        }
        if (tensor.shape().rank() == 0) {
            return tensor instanceof Tensor.Longs(var _, long[] values)
                    ? Long.toString(values[0])
                    : FloatFormat.scalar(tensor, 0);
        }
        return new ArrayText(tensor).block(0, 0, INDENT, LINE_WIDTH);
    }

    private static IntFunction<String> format(Tensor tensor, int[] shown) {
        if (tensor instanceof Tensor.Longs(var _, long[] values)) {
            int width = Arrays.stream(shown)
                    .map(offset -> Long.toString(values[offset]).length())
                    .max()
                    .orElse(0);
            return offset -> " ".repeat(width - Long.toString(values[offset]).length()) + values[offset];
        }
        FloatFormat format = FloatFormat.of(tensor, shown);
        return offset -> format.format(tensor, offset);
    }

    /** The offsets of all elements of a block that a summary shows. */
    private IntStream corners(int axis, int offset) {
        return axis == shape.rank()
                ? IntStream.of(offset)
                : positions(axis).filter(i -> i >= 0).flatMap(i -> corners(axis + 1, offset + i * stride(axis)));
    }

    /** The positions shown along an axis; -1 stands for those left out. */
    private IntStream positions(int axis) {
        int extent = shape.dim(axis);
        return summarised && extent > 2 * EDGE_ITEMS
                ? IntStream.concat(
                        IntStream.concat(IntStream.range(0, EDGE_ITEMS), IntStream.of(-1)),
                        IntStream.range(extent - EDGE_ITEMS, extent))
                : IntStream.range(0, extent);
    }

    /** The number of elements that one step along an axis skips. */
    private int stride(int axis) {
        return shape.dims().subList(axis + 1, shape.rank()).stream().reduce(1, (a, b) -> a * b);
    }

    /**
     * Returns the block of all dimensions from an axis on, in brackets.
     *
     * @param offset the first element of the block
     * @param indent the beginning of its lines after the first
     * @param width the width that a line may have; each closing bracket takes one column of it
     */
    private String block(int axis, int offset, String indent, int width) {
        if (axis == shape.rank() - 1) {
            return row(offset, indent, width - 1);
        }
        String separator = "\n".repeat(shape.rank() - axis - 1) + indent;
        return positions(axis)
                .mapToObj(i -> i < 0 ? SUMMARY : block(axis + 1, offset + i * stride(axis), indent + " ", width - 1))
                .collect(Collectors.joining(separator, "[", "]"));
    }

    /** Returns the elements of the last dimension, broken into lines. */
    private String row(int offset, String indent, int width) {
        StringBuilder text = new StringBuilder("[");
        int length = indent.length();
        boolean first = true;
        for (int i : positions(shape.rank() - 1).toArray()) {
            String word = i < 0 ? SUMMARY : format.apply(offset + i);
            int gap = first ? 0 : 1;
            // a line that is still empty takes the word, however long it is
            if (length + gap + word.length() > width && !first) {
                stripTrailing(text);
                text.append('\n').append(indent);
                length = indent.length();
                gap = 0;
            }
            text.append(" ".repeat(gap)).append(word);
            length += gap + word.length();
            first = false;
        }
        return text.append(']').toString();
    }

    /** Removes the blanks that numbers with fewer digits than others end with; no line ends with blanks. */
    private static void stripTrailing(StringBuilder text) {
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }
}
