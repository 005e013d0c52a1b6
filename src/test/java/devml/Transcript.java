package devml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that a document shows in its {@code console} blocks, with what they print there: a line that starts with
 * {@code $} is a command, the lines below it its output. In an output, {@code …} stands for any part of a line, and on a
 * line of its own for any lines. A block of any kind whose first line is {@code # NAME.yaml} is a file, which the commands
 * below it find.
 *
 * @param steps in the order of the document
 */
record Transcript(List<Step> steps) {

    /**
     * @param place where the document shows it
     * @param output what the document says it prints
     */
    record Step(String place, String command, String output) {
        private static final String ANY = "…";

        /** Whether that is what the document shows, but for what cannot be seen at the end of a line or below the last. */
        boolean prints(String actual) {
            String seen =
                    actual.stripTrailing().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
            String pattern = output.lines().map(Step::pattern).collect(Collectors.joining("\n"));
            return Pattern.matches(pattern, seen);
        }

        private static String pattern(String line) {
            return line.strip().equals(ANY) ? "(?s:.*)" : Pattern.quote(line).replace(ANY, "\\E.*\\Q");
        }
    }

    private static final String PROMPT = "$ ";
    private static final Pattern BLOCK = Pattern.compile(
            "(?s)^```(?<kind>\\w*)\\R(?<text>(# (?<file>[\\w-]+\\.yaml)\\b)?.*?)\\R```$", Pattern.MULTILINE);

    /** Printed between the outputs: the control character that is called record separator. */
    private static final char SEPARATOR = '\u001e';

    static Transcript of(Path document) throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            Optional<String> file = Optional.ofNullable(block.group("file"));
            String place = document + ", block at " + block.start();
            if (file.isPresent()) {
                steps.add(new Step(place, "cat > %s <<'END'%n%s%nEND".formatted(file.get(), block.group("text")), ""));
            } else if (block.group("kind").equals("console")) {
                steps.addAll(console(place, block.group("text")));
            }
        }
        return new Transcript(steps);
    }

    private static List<Step> console(String place, String text) {
        assertThat(text).as(place).startsWith(PROMPT);
        return Arrays.stream(text.substring(PROMPT.length()).split("\\R" + Pattern.quote(PROMPT)))
                .map(step -> step.split("\\R", 2))
                .map(parts -> new Step(place, parts[0], parts.length == 2 ? parts[1] : ""))
                .toList();
    }

    /** Runs the commands one after another in one shell, and returns what each of them printed on either stream. */
    List<String> run(Path folder) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append(step.command)
                    .append("\nstatus=$?; printf '\\036'; (exit $status)\n"); // so that the next can be echo $?
        }
        Path output = Files.createTempFile("devml", ".out");
        Process process = new ProcessBuilder("sh", "-c", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as("ends within 5 minutes")
                .isTrue();
        String text = Files.readString(output);
        Files.delete(output);
        return List.of(text.split(String.valueOf(SEPARATOR), -1)).subList(0, steps.size());
    }
}
