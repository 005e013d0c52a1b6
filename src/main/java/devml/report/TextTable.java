package devml.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of cells, aligned in columns two spaces apart. */
final class TextTable {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column: text is aligned to the left, numbers to the right. */
    record Column(String title, boolean right) {
        static Column text(String title) {
            return new Column(title, false);
        }

        static Column number(String title) {
            return new Column(title, true);
        }
    }

    TextTable(Column... columns) {
        this.columns = List.of(columns);
        rows.add(this.columns.stream().map(Column::title).toList());
    }

    /** Adds a row with one cell per column. */
    void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** Returns the title line and one line per row; no line ends with blanks. */
    List<String> lines() {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns.size())
                        .mapToObj(i -> pad(row.get(i), widths[i], columns.get(i).right()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - length(cell));
        return right ? blanks + cell : cell + blanks;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
