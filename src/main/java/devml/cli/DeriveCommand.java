package devml.cli;

import devml.fault.Fault;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.notation.Printer;
import devml.report.DefinitionText;
import devml.yaml.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code devml derive}. */
@Command(
        name = "derive",
        description = {
            "Derives the backward equations of a layer from its forward equations.",
            "",
            "Prints them as a block that can be pasted into the definition. A definition without 'backward' uses them "
                    + "as they are; one that has it keeps its own, and this shows what they should amount to. Of a layer "
                    + "that is made of others, prints those of each."
        },
        footer = {"", "Examples:", "  devml derive softmax", "  devml derive my_layer.yaml"})
final class DeriveCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "LAYER", description = "The name of a layer, or the file that defines one.")
    private String layer;

    @Override
    public Integer call() {
        Catalogue catalogue = new Catalogue(List.of());
        Definition definition = definition(catalogue);
        String text = definition.isComposed() ? parts(definition, catalogue) : DefinitionText.derived(definition);
        if (!main.isQuiet()) {
            main.console().out().print(text);
        }
        return ExitCode.OK;
    }

    /** Of each layer of which one is made: the gradient of the whole goes back through them one by one. */
    private static String parts(Definition whole, Catalogue catalogue) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        whole.components()
                .forEach(part -> parts.computeIfAbsent(
                                Printer.print(part.layer()).replace("'", ""), _ -> new ArrayList<>())
                        .add(part.name()));
        StringBuilder text = new StringBuilder();
        parts.forEach((layer, names) -> {
            text.append("# %s: %s\n".formatted(String.join(", ", names), layer));
            text.append(catalogue.names().contains(layer) ? derived(catalogue.find(layer)) : "# options say which\n");
        });
        return text.toString();
    }

    /** A part may be what is not derived from. */
    private static String derived(Definition part) {
        try {
            return DefinitionText.derived(part);
        } catch (Fault fault) {
            return "# " + fault.getMessage() + "\n";
        }
    }

    private Definition definition(Catalogue catalogue) {
        boolean isFile = layer.contains("/") || layer.matches(".*\\.ya?ml");
        return isFile ? DefinitionReader.read(Document.read(Path.of(layer))) : catalogue.find(layer);
    }
}
