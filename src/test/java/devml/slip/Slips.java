package devml.slip;

import devml.fault.Place;
import devml.layer.Definition;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Printer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All the slips that can be planted in a definition, in the order of its lines. */
public final class Slips {
    private final Vocabulary vocabulary;
    private final List<Slip> slips = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private Slips(Definition definition) {
        this.vocabulary = Vocabulary.of(definition);
    }

    /** Those in the sizes of tensors, in short names, and in the equations of all blocks. */
    public static List<Slip> of(Definition definition) {
        Slips slips = new Slips(definition);
        definition.tensors().forEach(slips::plant);
        slips.plantIn("where", definition);
        slips.plant("forward", definition.forward());
        slips.plant("backward", definition.derived() ? List.of() : definition.backward());
        slips.plant("update", definition.update());
        return slips.slips;
    }

    /** Those in the backward equations. */
    public static List<Slip> ofBackward(Definition definition) {
        Slips slips = new Slips(definition);
        slips.plant("backward", definition.backward());
        return slips.slips;
    }

    private void add(String block, Place place, String before, String after) {
        if (!after.equals(before) && seen.add(place.start() + after)) {
            slips.add(new Slip(block, place, before, after));
        }
    }

    /** Short names that only start values of parameters read change no gradient. */
    private void plantIn(String block, Definition definition) {
        Set<String> used = Vocabulary.namesInUse(definition);
        for (Abbreviation line : definition.where()) {
            if (line.names().stream().map(Expr.Name::name).noneMatch(used::contains)) {
                continue;
            }
            Variants variants = new Variants(vocabulary, List.of(line.value()));
            variants.of(line.value())
                    .forEach(value -> add(
                            block,
                            line.span().place(),
                            Printer.print(line),
                            Printer.print(new Abbreviation(line.names(), value, line.span()))));
        }
    }

    private void plant(String block, List<Equation> equations) {
        for (Equation equation : equations) {
            List<Expr> parts = new ArrayList<>(List.of(equation.target(), equation.value()));
            equation.condition().ifPresent(parts::add);
            Variants variants = new Variants(vocabulary, parts);
            List<Equation> changed = new ArrayList<>();
            variants.of(equation.target())
                    .forEach(target ->
                            changed.add(with(equation, (Expr.Access) target, equation.value(), equation.condition())));
            variants.of(equation.value())
                    .forEach(value -> changed.add(with(equation, equation.target(), value, equation.condition())));
            equation.condition().ifPresent(condition -> {
                changed.add(with(equation, equation.target(), equation.value(), Optional.empty()));
                variants.of(condition)
                        .forEach(other ->
                                changed.add(with(equation, equation.target(), equation.value(), Optional.of(other))));
            });
            changed.forEach(
                    other -> add(block, equation.span().place(), Printer.print(equation), Printer.print(other)));
        }
    }

    private static Equation with(Equation of, Expr.Access target, Expr value, Optional<Expr> condition) {
        return new Equation(target, of.accumulates(), value, condition, of.loops(), of.span());
    }

    /** Wrong sizes: one of a tensor's dimensions at a time, and two that are swapped. */
    private void plant(Declaration tensor) {
        List<Dimension> dimensions = tensor.dimensions();
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i) instanceof Dimension.Single(Expr size, var span)) {
                for (Expr other : new Variants(vocabulary, List.of(size)).of(size)) {
                    List<Dimension> changed = new ArrayList<>(dimensions);
                    changed.set(i, new Dimension.Single(other, span));
                    add(tensor, changed);
                }
            }
            if (i > 0) {
                List<Dimension> swapped = new ArrayList<>(dimensions);
                swapped.set(i, dimensions.get(i - 1));
                swapped.set(i - 1, dimensions.get(i));
                add(tensor, swapped);
            }
        }
    }

    private void add(Declaration tensor, List<Dimension> dimensions) {
        Declaration changed = new Declaration(
                tensor.role(),
                tensor.name(),
                dimensions,
                tensor.orEmpty(),
                tensor.reduced(),
                tensor.broadcast(),
                tensor.expanded(),
                tensor.optional(),
                tensor.range(),
                tensor.span());
        add("tensors", tensor.span().place(), Printer.print(tensor), Printer.print(changed));
    }
}
