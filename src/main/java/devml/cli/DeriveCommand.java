package devml.cli;

import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.report.DefinitionText;
import devml.yaml.Document;
import java.nio.file.Path;
import java.util.List;
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
        String text = definition.isComposed()
                ? DefinitionText.derivedParts(definition, catalogue)
                : DefinitionText.derived(definition);
        if (!main.isQuiet()) {
            main.console().out().print(text);
        }
        return ExitCode.OK;
    }

    private Definition definition(Catalogue catalogue) {
        boolean isFile = layer.contains("/") || layer.matches(".*\\.ya?ml");
        return isFile ? DefinitionReader.read(Document.read(Path.of(layer))) : catalogue.find(layer);
    }
}
