package devml.cli;

import devml.check.FileEquations;
import devml.gradcheck.EquationCheck;
import devml.gradcheck.EquationResult;
import devml.gradcheck.Jacobian;
import devml.gradcheck.Points;
import devml.gradcheck.Settings;
import devml.layer.BoundLayer;
import devml.layer.Catalogue;
import devml.layer.Component;
import devml.layer.Definition;
import devml.network.BoundNode;
import devml.network.Network;
import devml.run.InputShapes;
import devml.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options of {@code check --equations}, which select layers, their options and shapes, and the check itself. */
final class EquationsOptions {
    private boolean equations;
    private Map<String, String> options = Map.of();
    private Map<String, String> shapes = Map.of();

    private CommandSpec command;

    void addTo(CommandSpec spec) {
        command = spec;
        command.addOption(Syntax.flag(given -> equations = given, "--equations")
                        .description("Check backward equations against the derivative of the forward ones, exactly and "
                                + "without a step size: those of a layer (its name, or the file that defines it) at options "
                                + "and shapes that are chosen, or those of all layers of a network.")
                        .build())
                .addOption(Syntax.mapOption(given -> options = given, "--option")
                        .paramLabel("NAME=VALUE")
                        .description("With --equations LAYER: the value of an option, as a network file has it.")
                        .build())
                .addOption(Syntax.mapOption(given -> shapes = given, "--shape")
                        .paramLabel("INPUT=N,N,...")
                        .description(
                                "With --equations LAYER: the shape of an input; nothing after '=' for a single number.")
                        .build());
    }

    boolean areAsked() {
        if (!equations && !(options.isEmpty() && shapes.isEmpty())) {
            throw new ParameterException(command.commandLine(), "--option and --shape are for --equations");
        }
        return equations;
    }

    /**
     * Checks the backward equations of a layer, or of all layers of a network.
     *
     * @throws devml.fault.Fault if there is no such layer or network, or if its equations are wrong
     */
    FileEquations check(Main main, Path subject) {
        Optional<Definition> definition = Subject.definition(subject.toString());
        if (definition.isEmpty() && !(options.isEmpty() && shapes.isEmpty())) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s is a network, whose layers have their own options and shapes; --option and --shape are for layers"
                            .formatted(subject));
        }
        return new FileEquations(
                subject.toString(),
                definition
                        .map(layer -> layer(main, layer))
                        .orElseGet(() -> network(main, InputShapes.bindSmall(WorkloadOptions.read(subject, main)))));
    }

    private List<EquationResult> layer(Main main, Definition definition) {
        return definition.isComposed() ? parts(main, definition) : equations(main, definition);
    }

    /**
     * Checks a composed layer. It has no equations of its own, so those of each of its layers are checked, with any
     * options.
     */
    private List<EquationResult> parts(Main main, Definition whole) {
        if (!options.isEmpty() || !shapes.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s is made of layers, which have options and shapes of their own; check one of them with --option and --shape"
                            .formatted(whole.name()));
        }
        Catalogue catalogue = new Catalogue(List.of());
        Map<String, Definition> parts = new LinkedHashMap<>();
        for (Component component : whole.components()) {
            component.layers(whole.options()).forEach((layer, place) -> {
                Definition part = catalogue.find(layer, place);
                parts.put(layer, part);
                component
                        .activation()
                        .filter(_ -> !part.options().containsKey(Component.ACTIVATION))
                        .ifPresent(activation -> activation
                                .layers(whole.options())
                                .forEach((next, at) -> parts.put(next, catalogue.find(next, at))));
            });
        }
        List<EquationResult> results = new ArrayList<>();
        parts.forEach((name, part) -> layer(main, part).forEach(result -> results.add(result.of(name))));
        return results;
    }

    private List<EquationResult> equations(Main main, Definition definition) {
        List<Jacobian> points = Settings.of(definition, options, readShapes()).stream()
                .flatMap(bound -> Points.of(bound).stream())
                .toList();
        try (Progress progress = Progress.of(main, "points", points.size())) {
            return EquationCheck.of(points, progress);
        }
    }

    private Map<String, Shape> readShapes() {
        Map<String, Shape> read = new LinkedHashMap<>();
        shapes.forEach((input, dims) -> {
            if (!dims.matches("([0-9]{1,6}(,[0-9]{1,6})*)?")) {
                throw new ParameterException(
                        command.commandLine(), "'%s' is no shape; write --shape %s=2,3,5".formatted(dims, input));
            }
            read.put(
                    input,
                    dims.isEmpty()
                            ? Shape.SCALAR
                            : Shape.of(Arrays.stream(dims.split(","))
                                    .mapToInt(Integer::parseInt)
                                    .toArray()));
        });
        return read;
    }

    /**
     * Checks the layers of a network. Layers with the same definition, options and sizes are checked once, under the
     * name of the first.
     */
    private static List<EquationResult> network(Main main, Network network) {
        List<EquationResult> results = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        try (Progress progress = Progress.of(main, "layers", network.nodes().size())) {
            for (int i = 0; i < network.nodes().size(); i++) {
                BoundNode node = network.nodes().get(i);
                BoundLayer layer = node.layer();
                if (seen.add(List.of(layer.definition().name(), layer.options(), layer.sizes()))) {
                    EquationCheck.of(Points.few(layer), _ -> {}).forEach(result -> results.add(result.of(node.name())));
                }
                progress.accept(i + 1);
            }
        }
        return results;
    }
}
