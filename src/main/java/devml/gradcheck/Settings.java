package devml.gradcheck;

import devml.equation.Cost;
import devml.equation.Uses;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Definition;
import devml.layer.OptionValue;
import devml.notation.Declaration;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Chooses options and shapes for a definition: of many that are drawn, a few that are small, whose extents differ, and
 * that together take every word and truth value of every option, also where all extents are above 1, every rank, every
 * branch that these decide, and every input with and without.
 */
public final class Settings {
    private static final int MAX_DRAWS = 2000;

    /** Some configurations bind seldom, as those that ask for equal sizes: this many draws, though others bind at once. */
    private static final int MIN_DRAWS = 400;

    private static final int ENOUGH = 30;
    private static final int MAX_CHOSEN = 10;

    /** In operations of the forward equations; a check runs them some hundred times. */
    private static final long MAX_COST = 6_000;

    private Settings() {}

    /**
     * The layer, bound in a few ways.
     *
     * @param options those that are given, as a network file has them
     * @param shapes of inputs, those that are given
     * @throws Fault if a given one is not the definition's, or nothing that was drawn could be bound
     */
    public static List<BoundLayer> of(Definition definition, Map<String, String> options, Map<String, Shape> shapes) {
        return choose(definition, options, shapes).stream().map(Chosen::layer).toList();
    }

    /** A layer and what it is bound to, so that other versions of it can be bound alike. */
    record Chosen(Setting setting, BoundLayer layer) {}

    /** As {@link #of}. */
    static List<Chosen> choose(Definition definition, Map<String, String> options, Map<String, Shape> shapes) {
        requireKnown(
                definition, "option", options.keySet(), definition.options().keySet());
        requireKnown(
                definition,
                "input",
                shapes.keySet(),
                definition.inputs().stream().map(Declaration::name).toList());
        SplittableRandom random = new SplittableRandom(definition.name().hashCode());
        Set<String> asked = askedKinds(definition);
        Setting given = new Setting(options, shapes, Set.of(), true);
        List<Chosen> bound = new ArrayList<>();
        Fault refusal = null;
        for (int i = 0; i < MAX_DRAWS && (i < MIN_DRAWS || bound.size() < ENOUGH); i++) {
            try {
                Setting setting = Draw.setting(definition.options(), definition.inputs(), given, asked, random);
                BoundLayer layer = setting.bind(definition);
                if (hasIntegers(layer) && (isSmall(layer) || !shapes.isEmpty())) {
                    bound.add(new Chosen(setting, layer));
                }
            } catch (Fault fault) {
                refusal = refusal == null || reach(fault, definition) > reach(refusal, definition) ? fault : refusal;
            }
        }
        if (bound.isEmpty()) {
            throw refusal == null
                    ? Fault.at(
                            definition.place(),
                            "no small shapes for the inputs of " + definition.name() + "; give some with --shape")
                    : refusal;
        }
        return choose(bound);
    }

    /**
     * How far binding came: to the place in the definition where it failed; -1 where the options or shapes did not fit,
     * which others may.
     */
    private static int reach(Fault fault, Definition definition) {
        return fault.place()
                .filter(place -> place.source().equals(definition.place().source()))
                .map(Place::start)
                .orElse(-1);
    }

    /** The inputs of which the definition asks whether their data are numbers or truth values. */
    private static Set<String> askedKinds(Definition definition) {
        Set<String> asked = new TreeSet<>();
        Consumer<Expr> collect = e -> {
            if (e instanceof Expr.Call call
                    && call.function().equals("kind")
                    && call.arguments().getFirst() instanceof Expr.Name(String input, var _)) {
                asked.add(input);
            }
        };
        definition.where().forEach(line -> Subexpressions.walk(line.value(), collect));
        definition.forward().forEach(equation -> Subexpressions.walk(equation, collect));
        return asked;
    }

    private static void requireKnown(
            Definition definition, String what, Collection<String> given, Collection<String> known) {
        given.stream()
                .filter(name -> known.stream().noneMatch(k -> k.equals(name) || isMember(name, k)))
                .findFirst()
                .ifPresent(name -> {
                    throw Fault.of(
                            "%s has no %s '%s'%s".formatted(definition.name(), what, name, Nearest.hint(name, known)));
                });
    }

    /** Whether the name is that of a member of a family: {@code x.0} of {@code x.q}. */
    static boolean isMember(String name, String family) {
        int dot = family.indexOf('.');
        return dot >= 0 && name.matches("\\Q" + family.substring(0, dot) + "\\E\\.[0-9]+");
    }

    /** Whether there are numbers for all inputs of integers: an element that has to be below 0 could be none. */
    private static boolean hasIntegers(BoundLayer layer) {
        return layer.tensors(Role.INPUT).stream()
                .filter(tensor -> tensor.integer() && tensor.shape().size() > 0)
                .allMatch(tensor -> tensor.range().orElseThrow().size() > 0);
    }

    /** Whether there is something to compute, and not much: a gradient of nothing is right whatever the equations say. */
    private static boolean isSmall(BoundLayer layer) {
        long cost = layer.forward().stream()
                .map(BoundEquation::cost)
                .mapToLong(Cost::operations)
                .sum();
        return cost <= MAX_COST
                && layer.tensors(Role.OUTPUT).stream()
                        .anyMatch(output -> output.shape().size() > 0);
    }

    private record Candidate(Chosen choice, Set<String> features, int equalExtents) {
        long news(Set<String> covered) {
            return features.stream().filter(f -> !covered.contains(f)).count();
        }
    }

    /** Again and again the one that has most of what the others have not. */
    private static List<Chosen> choose(List<Chosen> bound) {
        List<Chosen> chosen = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        List<Candidate> left = new ArrayList<>();
        bound.forEach(choice -> left.add(new Candidate(choice, features(choice), equalExtents(choice.layer()))));
        while (!left.isEmpty() && chosen.size() < MAX_CHOSEN) {
            Candidate best = left.stream()
                    .max(Comparator.comparingLong((Candidate candidate) -> candidate.news(covered))
                            .thenComparingInt(candidate -> -candidate.equalExtents()))
                    .orElseThrow();
            if (best.news(covered) == 0) {
                break;
            }
            left.remove(best);
            if (Points.canRun(best.choice().layer())) {
                covered.addAll(best.features());
                chosen.add(best.choice());
            }
        }
        return chosen;
    }

    private static Set<String> features(Chosen choice) {
        BoundLayer layer = choice.layer();
        Set<String> features = new HashSet<>();
        features.add(choice.setting().training() ? "training" : "evaluation");
        choice.setting().booleans().forEach(input -> features.add(input + " of truth values"));
        boolean isLarge = layer.sizes().values().stream().flatMap(List::stream).allMatch(extent -> extent > 1);
        layer.options().forEach((name, value) -> {
            features.add(name + ": " + feature(value));
            if (isLarge) {
                features.add(name + ": " + feature(value) + " with all extents above 1");
            }
        });
        layer.sizes().forEach((name, extents) -> {
            features.add(name + " of rank " + extents.size());
            if (extents.stream().allMatch(extent -> extent > 1)) {
                features.add(name + " above 1");
            }
        });
        for (BoundTensor tensor : layer.tensors()) {
            if (tensor.role() != Role.LOCAL && tensor.role() != Role.GRADIENT) {
                features.add(tensor.name() + " of rank " + tensor.shape().rank());
            }
        }
        Stream.of(layer.forward(), layer.backward())
                .flatMap(List::stream)
                .forEach(equation -> features.add("%s of %d parts"
                        .formatted(equation.assignment().target().name(), parts(equation))));
        layer.absent().forEach(absent -> features.add("no " + absent.name()));
        return features;
    }

    /** Of how many values an equation is made: it tells which of its branches are left once options and sizes are known. */
    private static int parts(BoundEquation equation) {
        int[] parts = {0};
        Uses.values(equation.assignment(), _ -> parts[0]++);
        return parts[0];
    }

    /** Words and truth values each for themselves, numbers by what kind they are. */
    private static String feature(OptionValue value) {
        String text = value.toString();
        if (text.startsWith("[")) {
            return "several";
        }
        return text.matches("-?[0-9.e-]+") && Math.abs(Double.parseDouble(text)) > 3 ? "large" : text;
    }

    /** How many pairs of sizes a confusion would not show. */
    private static int equalExtents(BoundLayer layer) {
        List<Integer> all =
                layer.sizes().values().stream().flatMap(Collection::stream).toList();
        int pairs = 0;
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs += all.get(i).equals(all.get(j)) ? 1 : 0;
            }
        }
        return pairs;
    }
}
