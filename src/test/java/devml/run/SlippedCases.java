package devml.run;

import devml.fault.Fault;
import devml.fault.Source;
import devml.format.TensorFiles;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.slip.Fate;
import devml.slip.Slip;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cases of a layer, run with a definition of it that has a slip: as a user's own layer, of another name. */
final class SlippedCases {
    private static final String OWN = "slipped";

    private final String layer;
    private final List<Path> files;
    private final List<Case> read = new ArrayList<>();

    /**
     * A case.
     *
     * @param slipped the network with the layer of the other name
     * @param right bound with the right definition
     * @param expected gradients and values that PyTorch computed
     */
    private record Case(NetworkFile slipped, Workload right, Set<String> wanted, Map<String, Tensor> expected) {}

    SlippedCases(String layer) {
        this.layer = layer;
        try (Stream<Path> all = Files.list(Path.of("testdata/layers", layer))) {
            this.files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What becomes of a slip: the first case that refuses it, or is computed otherwise with it, says so; or the first that is
     * when backward equations are derived, which alone shows what {@code stop} and {@code straight} say.
     */
    Fate of(Slip slip) {
        Fate fate = of(slip.text(), SlippedCases::of);
        if (fate != Fate.SURVIVED) {
            return fate;
        }
        Definition right = read(derived(slip.place().source().text()));
        return of(derived(slip.text()), (slipped, one) -> ofDerived(slipped, right, one)) == Fate.SURVIVED
                ? Fate.SURVIVED
                : Fate.FOUND;
    }

    private Fate of(String text, BiFunction<Definition, Case, Fate> check) {
        Definition definition;
        try {
            definition = read(text);
        } catch (Fault refused) {
            return Fate.REFUSED;
        }
        for (int i = 0; i < files.size(); i++) {
            Fate fate = check.apply(definition, cached(i));
            if (fate != Fate.SURVIVED) {
                return fate;
            }
        }
        return Fate.SURVIVED;
    }

    /** Of definitions without backward equations; a few cases hold gradients that are not derivatives, and say nothing. */
    private static Fate ofDerived(Definition slipped, Definition right, Case one) {
        if (of(right, one) != Fate.SURVIVED) {
            return Fate.SURVIVED;
        }
        Fate fate = of(slipped, one);
        boolean isFound =
                fate == Fate.SURVIVED && !gradients(bind(slipped, one)).equals(gradients(bind(right, one)));
        return isFound ? Fate.FOUND : fate;
    }

    private Definition read(String text) {
        return DefinitionReader.read(Document.read(new Source(OWN + ".yaml", renamed(text))));
    }

    private static String derived(String text) {
        return DerivedCasesTest.BACKWARD.matcher(text).replaceFirst("");
    }

    private String renamed(String yaml) {
        return yaml.replaceAll("\\blayer: *" + layer + "\\b", "layer: " + OWN);
    }

    private Case cached(int number) {
        while (read.size() <= number) {
            read.add(read(files.get(read.size())));
        }
        return read.get(number);
    }

    private Case read(Path file) {
        NetworkFile network = NetworkFile.read(file);
        String text = renamed(network.source().text());
        NetworkFile slipped =
                NetworkFile.read(Document.read(new Source(file.toString(), text)), network.folder(), network.name());
        Workload right = Workload.load(network, Workload.Overrides.NONE);
        Map<String, Tensor> expected =
                TensorFiles.readAll(network.expect().orElseThrow().reference().path());
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(right.network()));
        right.inputs().keySet().stream().filter(expected::containsKey).forEach(wanted::add);
        return new Case(slipped, right, wanted, expected);
    }

    private static Fate of(Definition definition, Case one) {
        Workload right = one.right();
        Network network;
        try {
            network = bind(definition, one);
            Program.of(network, one.wanted());
        } catch (Fault refused) {
            return Fate.REFUSED;
        }
        if (!shapes(network).equals(shapes(right.network()))) {
            return Fate.REFUSED; // data and parameters of the case would be
        }
        if (!outputs(network).equals(outputs(right.network()))) {
            return Fate.FOUND; // more pieces than the case reads, or larger ones
        }
        Workload slipped = new Workload(
                network, right.dtype(), right.seed(), right.inputs(), right.parameters(), right.cotangent());
        try {
            return differs(Runner.run(slipped, one.wanted(), ReferenceEvaluator::new, _ -> {}), one.expected())
                    ? Fate.FOUND
                    : Fate.SURVIVED;
        } catch (Fault fails) {
            return Fate.FOUND;
        }
    }

    private static Network bind(Definition definition, Case one) {
        return Network.bind(one.slipped(), one.right().network().inputs(), new Catalogue(List.of(definition)));
    }

    /** By what each layer can be differentiated. */
    private static List<Set<String>> gradients(Network network) {
        return network.nodes().stream()
                .map(node -> node.layer().tensors().stream()
                        .map(BoundTensor::name)
                        .filter(name -> node.layer().gradient(name).isPresent())
                        .collect(Collectors.toSet()))
                .toList();
    }

    /** Of the output, and of all parameters and buffers. */
    private static Map<String, Shape> shapes(Network network) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("", network.outputTensor().shape());
        for (Role role : List.of(Role.PARAM, Role.BUFFER)) {
            network.parameters(role).forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        }
        return shapes;
    }

    /** The shapes of what each layer puts out. */
    private static List<Map<String, Shape>> outputs(Network network) {
        return network.nodes().stream()
                .map(node -> node.outputs().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, output -> output.getValue().shape())))
                .toList();
    }

    private static boolean differs(Runner.Result result, Map<String, Tensor> expected) {
        Map<String, Tensor> computed = CasesTest.named(result);
        return expected.entrySet().stream().anyMatch(entry -> {
            Tensor tensor = computed.get(entry.getKey());
            return tensor == null
                    || !tensor.shape().equals(entry.getValue().shape())
                    || !(CasesTest.error(tensor, entry.getValue()) <= CasesTest.TOLERANCE);
        });
    }
}
