package devml.cli;

import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.report.DefinitionText;
import devml.report.LayerList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code devml layers}: lists the layers that ship with devml, or explains one. */
final class LayersCommand implements Callable<Integer> {
    private final Main main;

    private String name;
    private boolean json;

    LayersCommand(Main main) {
        this.main = main;
    }

    CommandSpec command() {
        return Syntax.command(
                        "layers",
                        main,
                        this,
                        List.of("Lists the layers that devml ships, or explains one."),
                        List.of("devml layers", "devml layers conv2d"))
                .addPositional(Syntax.argument(String.class, given -> name = given)
                        .required(false)
                        .arity("0..1")
                        .paramLabel("NAME")
                        .description("The layer to explain. Default: list them all.")
                        .build())
                .addOption(Syntax.flag(given -> json = given, "--json")
                        .description("Print JSON.")
                        .build());
    }

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
