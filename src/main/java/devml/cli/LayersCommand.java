package devml.cli;

import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.report.DefinitionText;
import devml.report.LayerList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code devml layers}. */
@Command(
        name = "layers",
        description = "Lists the layers that devml ships, or explains one.",
        footer = {"", "Examples:", "  devml layers", "  devml layers conv2d"})
final class LayersCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The layer to explain. Default: list them all.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Catalogue catalogue = new Catalogue(List.of());
        String text = Optional.ofNullable(name)
                .map(catalogue::find)
                .map(definition -> json ? DefinitionText.json(definition) : DefinitionText.of(definition))
                .orElseGet(() ->
                        list(Catalogue.shipped().stream().map(catalogue::find).toList()));
        if (json || !main.isQuiet()) {
            main.console().out().print(text);
        }
        return ExitCode.OK;
    }

    private String list(List<Definition> definitions) {
        return json ? LayerList.json(definitions) : LayerList.of(definitions);
    }
}
