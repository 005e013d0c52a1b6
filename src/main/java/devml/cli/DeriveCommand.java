package devml.cli;

import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.report.DefinitionText;
import devml.yaml.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code devml derive}: prints backward equations derived from forward ones. */
final class DeriveCommand implements Callable<Integer> {
    private final Main main;

    private String layer;
    private boolean json;

    DeriveCommand(Main main) {
        this.main = main;
    }

    CommandSpec command() {
        return Syntax.command(
                        "derive",
                        main,
                        this,
                        List.of(
                                "Derives the backward equations of a layer from its forward equations.",
                                "",
                                "Prints them as a block that can be pasted into the definition. A definition without "
                                        + "'backward' uses them as they are; one that has it keeps its own, and this shows what "
                                        + "they should amount to. Of a layer that is made of others, prints those of each."),
                        List.of("devml derive softmax", "devml derive my_layer.yaml", "devml derive gelu --json"))
                .addPositional(Syntax.argument(String.class, name -> layer = name)
                        .paramLabel("LAYER")
                        .description("The name of a layer, or the file that defines one.")
                        .build())
                .addOption(Syntax.flag(given -> json = given, "--json")
                        .description("Print JSON.")
                        .build());
    }

    @Override
    public Integer call() {
        Catalogue catalogue = new Catalogue(List.of());
        Definition definition = definition(catalogue);
        if (json) {
            main.console()
                    .out()
                    .print(
                            definition.isComposed()
                                    ? DefinitionText.derivedPartsJson(definition, catalogue)
                                    : DefinitionText.derivedJson(definition));
            return ExitCode.OK;
        }
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
