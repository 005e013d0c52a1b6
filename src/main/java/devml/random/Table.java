package devml.random;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads tables of doubles from resources of this package. */
final class Table {
    private Table() {}

    /** Returns the hexadecimal numbers of a resource, row after row; lines that start with # are comments. */
    static double[] read(String resource) {
        try (var lines = new BufferedReader(
                new InputStreamReader(Table.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
