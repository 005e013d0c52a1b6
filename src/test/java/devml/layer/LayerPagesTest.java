package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;

import devml.report.DefinitionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/layers, a page for each layer, to the definitions. With {@code -Dpages=write} it writes them. */
class LayerPagesTest {
    private static final Path FOLDER = Path.of("docs/layers");

    private static Map<String, String> pages() {
        Catalogue catalogue = new Catalogue(List.of());
        Map<String, String> pages = new TreeMap<>();
        StringBuilder table = new StringBuilder("""
                # Layers

                `mvn test -Dtest=LayerPagesTest -Dpages=write` makes these pages of the
                [definitions](../../src/main/resources/devml/layers); `devml explain NAME` prints the same.

                | layer | summary |
                |---|---|
                """);
        for (String name : Catalogue.shipped()) {
            Definition definition = catalogue.find(name);
            table.append("| [%s](%s.md) | %s |\n".formatted(name, name, definition.summary()));
            pages.put(name + ".md", """
                    # %s

                    %s

                    ```yaml
                    %s```
                    """.formatted(name, definition.summary(), DefinitionText.of(definition)));
        }
        pages.put("README.md", table.toString());
        return pages;
    }

    @Test
    void pagesSayWhatTheDefinitionsSay() throws IOException {
        Map<String, String> pages = pages();
        if (System.getProperty("pages", "").equals("write")) {
            write(pages);
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(found)
                .as("docs/layers; mvn test -Dtest=LayerPagesTest -Dpages=write brings it up to date")
                .isEqualTo(pages);
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }
}
