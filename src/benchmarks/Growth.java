import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures how time and memory grow: with the samples of a data set, the batch and the depth of a network. Prints a
 * table of each, in Markdown, and draws docs/growth.svg. Linux only, as it reads /proc. Takes the largest number of
 * samples, a million by default.
 */
final class Growth {
    private static final Path WORK = Path.of("target/growth");
    private static final Pattern PASS = Pattern.compile("\"ms\": ([0-9.E-]+)");

    private final List<Series> drawn = new ArrayList<>();

    private record Point(double x, double y) {}

    private record Series(String title, String unit, List<Point> points) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        Growth growth = new Growth();
        growth.samples(args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]));
        growth.batches();
        growth.depth();
        Files.writeString(Path.of("docs/growth.svg"), growth.svg());
    }

    /** A whole process: LeNet-5 in float32, in batches of 64. */
    private void samples(int most) throws IOException, InterruptedException {
        System.out.println("| samples | s | MiB at most |\n|---:|---:|---:|");
        List<Point> seconds = new ArrayList<>();
        List<Point> memory = new ArrayList<>();
        for (int samples = 1000; samples <= most; samples *= 10) {
            zeros(WORK.resolve("x.npy"), "(" + samples + ", 1, 32, 32)", samples * 1024L);
            zeros(WORK.resolve("labels.npy"), "(" + samples + ",)", samples);
            String net = lenet(samples, "x.npy", "labels.npy") + "batch: 64\n";
            long begin = System.nanoTime();
            long kilobytes = peak(start("run", file(net), "--out", WORK.resolve("out").toString()));
            double elapsed = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, "| %,d | %.1f | %.0f |%n", samples, elapsed, kilobytes / 1024.0);
            seconds.add(new Point(samples, elapsed));
            memory.add(new Point(samples, kilobytes / 1024.0));
        }
        drawn.add(new Series("samples", "s", seconds));
        drawn.add(new Series("samples", "MiB", memory));
    }

    /** One pass, warm: LeNet-5 in float32. */
    private void batches() throws IOException, InterruptedException {
        System.out.println("\n| batch | ms | µs a sample |\n|---:|---:|---:|");
        List<Point> points = new ArrayList<>();
        for (int batch = 1; batch <= 1024; batch *= 4) {
            zeros(WORK.resolve("x.npy"), "(" + batch + ", 1, 32, 32)", batch * 1024L);
            zeros(WORK.resolve("labels.npy"), "(" + batch + ",)", batch);
            double ms = pass(lenet(batch, "x.npy", "labels.npy"));
            System.out.printf(Locale.ROOT, "| %d | %.2f | %.1f |%n", batch, ms, ms * 1e3 / batch);
            points.add(new Point(batch, ms));
        }
        drawn.add(new Series("batch", "ms", points));
    }

    /** One pass, warm: linear layers of 256, a batch of 64. */
    private void depth() throws IOException, InterruptedException {
        System.out.println("\n| layers | ms | ms a layer |\n|---:|---:|---:|");
        List<Point> points = new ArrayList<>();
        for (int depth = 1; depth <= 64; depth *= 2) {
            String net = "network: deep\ndtype: float32\ninputs:\n  x: {rand: [64, 256]}\nlayers:\n"
                    + IntStream.range(0, depth)
                            .mapToObj(i -> "  fc" + i + ": {layer: linear, out_features: 256}\n")
                            .collect(Collectors.joining());
            double ms = pass(net);
            System.out.printf(Locale.ROOT, "| %d | %.2f | %.2f |%n", depth, ms, ms / depth);
            points.add(new Point(depth, ms));
        }
        drawn.add(new Series("layers", "ms", points));
    }

    private static String lenet(int samples, String images, String labels) throws IOException {
        String net = Files.readString(Path.of("networks/lenet5.yaml"));
        return net.replaceFirst("(?m)^dtype: .*$", "dtype: float32")
                .replaceFirst("\\[64, 1, 32, 32\\], data: [^}]*", "[" + samples + ", 1, 32, 32], data: " + images)
                .replaceFirst("\\[64\\], data: [^}]*", "[" + samples + "], data: " + labels)
                .replaceFirst("(?m)^expect: .*$", "");
    }

    private static String file(String net) throws IOException {
        return Files.writeString(WORK.resolve("net.yaml"), net).toString();
    }

    /** Bytes of zeros, in a file that takes no room on most disks: what they are changes neither time nor memory. */
    private static void zeros(Path file, String shape, long size) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
        header += " ".repeat(127 - 10 - header.length()) + "\n";
        Files.deleteIfExists(file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(0x93);
            out.write("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {(byte) header.length(), 0});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            out.setLength(128 + size);
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bin/devml"));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(WORK.resolve("stdout").toFile())
                .redirectError(WORK.resolve("stderr").toFile())
                .start();
    }

    /** The median of warm passes, in milliseconds. */
    private static double pass(String net) throws IOException, InterruptedException {
        peak(start("bench", file(net), "--json"));
        Matcher pass = PASS.matcher(Files.readString(WORK.resolve("stdout")));
        if (!pass.find()) {
            throw new IllegalStateException(Files.readString(WORK.resolve("stderr")));
        }
        return Double.parseDouble(pass.group(1));
    }

    /** Waits for a process; the most memory that it and the one in which a long run goes on had at a time, in KiB. */
    private static long peak(Process process) throws IOException, InterruptedException {
        long peak = 0;
        while (process.isAlive()) {
            long all = resident(process.toHandle());
            for (ProcessHandle child : process.descendants().toList()) {
                all += resident(child);
            }
            peak = Math.max(peak, all);
            Thread.sleep(20);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(WORK.resolve("stderr")));
        }
        return peak;
    }

    /** What a process has in memory, in KiB; nothing if it has just ended. */
    private static long resident(ProcessHandle process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    /** The series side by side, with logarithmic axes: what is proportional rises by one decade a decade. */
    private String svg() {
        StringBuilder svg = new StringBuilder();
        int width = 220;
        svg.append("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='200' font-family='sans-serif' font-size='10'>%n"
                .formatted(width * drawn.size()));
        svg.append("<rect width='100%' height='100%' fill='white'/>\n");
        for (int i = 0; i < drawn.size(); i++) {
            Series series = drawn.get(i);
            double right = Math.log10(series.points().getLast().x() / series.points().getFirst().x());
            double least = series.points().stream().mapToDouble(Point::y).min().orElseThrow();
            double left = i * width + 20;
            String line = series.points().stream()
                    .map(p -> "%.1f,%.1f".formatted(
                            left + 150 * Math.log10(p.x() / series.points().getFirst().x()) / right,
                            170 - 150 * Math.log10(p.y() / least) / right))
                    .collect(Collectors.joining(" "));
            svg.append("<path d='M%.0f 20V170H%.0f' fill='none' stroke='grey'/>%n".formatted(left, left + 150));
            svg.append("<path d='M%.0f 170L%.0f 20' fill='none' stroke='lightgrey'/>%n".formatted(left, left + 150));
            svg.append("<polyline points='%s' fill='none' stroke='navy' stroke-width='2'/>%n".formatted(line));
            svg.append("<text x='%.0f' y='12'>%s: %.3g to %.3g</text>%n"
                    .formatted(left, series.unit(), least, series.points().stream().mapToDouble(Point::y).max().orElseThrow()));
            svg.append("<text x='%.0f' y='185'>%s: %.0f to %.0f</text>%n"
                    .formatted(left, series.title(), series.points().getFirst().x(), series.points().getLast().x()));
        }
        return svg.append("</svg>\n").toString();
    }
}
