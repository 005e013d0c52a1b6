package devml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands that the documents show, and follows their links. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?s)^```.*?^```$", Pattern.MULTILINE);

    /** More than a thousand files, which no document speaks of one by one. */
    private static final Path CASES = Path.of("testdata", "layers");

    @TempDir
    private Path folder;

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsPrintWhatTheDocumentSays(Path document) throws IOException, InterruptedException {
        Transcript transcript = Transcript.of(document);
        makeClone();
        List<String> outputs = transcript.run(folder);
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < outputs.size(); i++) {
                Transcript.Step step = transcript.steps().get(i);
                if (!step.prints(outputs.get(i))) {
                    softly.assertThat(outputs.get(i))
                            .as("%s: $ %s", step.place(), step.command())
                            .isEqualTo(step.output());
                }
            }
        });
    }

    /** What a user has before him: networks and data, and a {@code bin/devml} that runs the classes under test. */
    private void makeClone() throws IOException {
        for (String top : List.of("networks", "testdata")) {
            try (Stream<Path> paths = Files.walk(Path.of(top))) {
                for (Path path : paths.filter(path -> !path.startsWith(CASES)).toList()) {
                    Files.copy(path, folder.resolve(path));
                }
            }
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path devml = Files.createDirectory(folder.resolve("bin")).resolve("devml");
        Files.writeString(
                devml,
                "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' devml.cli.Main \"$@\"\n"
                        .formatted(java, System.getProperty("java.class.path")));
        assertThat(devml.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        String text = FENCED.matcher(Files.readString(document)).replaceAll("");
        Path base = document.toAbsolutePath().getParent();
        for (String link : LINK.matcher(text).results().map(m -> m.group(1)).toList()) {
            if (link.contains("://")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? document.toAbsolutePath() : base.resolve(parts[0]);
            assertThat(target).as(link).exists();
            if (parts.length == 2) {
                assertThat(anchors(Files.readString(target))).as(link).contains(parts[1]);
            }
        }
    }

    /** The names that GitHub gives headings. */
    private static List<String> anchors(String text) {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(text)
                .results()
                .map(DocumentationTest::anchor)
                .toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
