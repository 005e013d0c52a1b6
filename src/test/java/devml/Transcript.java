package devml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that a document shows in its {@code console} blocks, with what they print there: a line that starts with
 * {@code $} is a command, the lines below it its output. In an output, {@code …} stands for the rest of a line, and on a
 * line of its own for any lines.
 *
 * @param steps in the order of the document
 */
record Transcript(List<Step> steps) {

    /**
     * @param place the file and line of the command
     * @param output what the document says it prints
     */
    record Step(String place, String command, String output) {
        private static final String ANY = "…";

        /** Compares as a reader would: what is at the end of a line and cannot be seen does not count. */
        void requireOutput(String actual) {
            String seen = actual.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
            String pattern = output.lines().map(Step::pattern).collect(Collectors.joining());
            if (!Pattern.matches(pattern, seen + "\n")) {
                assertThat(seen).as("%s: $ %s", place, command).isEqualTo(output);
            }
        }

        private static String pattern(String line) {
            return line.strip().equals(ANY)
                    ? "(.*\n)*"
                    : Pattern.quote(line).replace(ANY, "\\E.*\\Q") + "\n";
        }
    }

    private static final String PROMPT = "$ ";

    /** Printed between the outputs: the control character that is called record separator. */
    private static final char SEPARATOR = '\u001e';

    static Transcript of(Path document) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> lines = Files.readAllLines(document);
        boolean console = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith(PROMPT)) {
                steps.add(new Step(document + ":" + (i + 1), line.substring(PROMPT.length()), ""));
            } else if (console) {
                assertThat(lines.subList(0, i)).as(document + ": a block starts with a command").last().isNotEqualTo("```console");
                Step last = steps.removeLast();
                String output = last.output.isEmpty() ? line : last.output + "\n" + line;
                steps.add(new Step(last.place, last.command, output));
            }
        }
        return new Transcript(steps);
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
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends within 5 minutes").isTrue();
        String text = Files.readString(output);
        Files.delete(output);
        return List.of(text.split(String.valueOf(SEPARATOR), -1)).subList(0, steps.size());
    }
}
