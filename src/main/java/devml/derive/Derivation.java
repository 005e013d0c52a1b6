package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Declaration.Role;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Loop;
import devml.notation.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Derives the backward equations of a layer from its forward equations, the last first. */
public final class Derivation {
    private final Forward forward;
    private final DefinitionNames names;
    private final Activity activity;
    private final Dimensions dimensions;
    private final Chain chain;
    private final Backward backward = new Backward();
    private final Gradients gradients;

    /** The tensors of the open loop over steps whose gradients its steps work out. */
    private Set<String> reached = Set.of();

    /** What the steps of the open loop hand to tensors outside of it: it is added up behind the loop. */
    private final List<Contribution> outside = new ArrayList<>();

    private Derivation(Forward written) {
        this.forward = Spelling.of(written);
        this.names = new DefinitionNames(forward, written);
        this.activity = new Activity(names, forward);
        NewLocals locals = new NewLocals(names, forward);
        Naming naming = new Naming(names, forward);
        this.dimensions = new Dimensions(names, forward);
        this.chain = new Chain(names, activity, dimensions, naming, locals, new Infinities(names, forward));
        this.gradients = new Gradients(forward, names, activity, dimensions, naming, locals, backward);
    }

    /**
     * The equations of the gradients of all inputs and parameters of real numbers.
     *
     * @throws Fault at a part of a forward equation that cannot be derived
     */
    public static List<Equation> of(Forward forward) {
        return new Derivation(forward).derive();
    }

    private List<Equation> derive() {
        for (Declaration tensor : forward.tensors()) {
            if (tensor.role() == Role.OUTPUT) {
                tensor.reduced().ifPresent(reduced -> gradients.receive(total(tensor, reduced.total())));
            }
        }
        gradients.sumOutputsReadElsewhere();
        goBack(forward.equations(), 0);
        variables().stream().filter(activity::isActive).forEach(tensor -> {
            if (gradients.isNothing(DefinitionNames.stem(tensor)) && !yieldsIndices() && !isStopped(tensor)) {
                dimensions.element(tensor).ifPresent(element -> backward.add(zero(element)));
            }
            gradients.write(gradients.arrived(DefinitionNames.stem(tensor)), false);
        });
        return backward.equations().stream().map(this::apart).toList();
    }

    /** No index of a reduction is called like one that means something around it. */
    private Equation apart(Equation e) {
        Set<String> taken = names.indices(expressions(e));
        e.loops().forEach(loop -> taken.add(loop.index().name()));
        return new Equation(
                e.target(),
                e.accumulates(),
                Substitution.apart(names, e.value(), taken),
                e.condition().map(condition -> Substitution.apart(names, condition, taken)),
                e.loops(),
                e.span());
    }

    /** Goes back through equations that share so many of their outermost loops. */
    private void goBack(List<Equation> equations, int depth) {
        for (List<Equation> block : Steps.blocks(equations, depth).reversed()) {
            Optional<Loop> loop = Steps.loop(block.getFirst(), depth);
            if (loop.isEmpty()) {
                goBack(block.getFirst());
            } else if (names.isFamily(loop.get().index().name())) {
                names.enter(loop.get().index().name());
                backward.open(loop.get());
                goBack(block, depth + 1);
                backward.close();
                names.leave(loop.get().index().name());
            } else {
                goBack(new Steps(loop.get(), block), depth);
            }
        }
    }

    private void goBack(Equation equation) {
        if (!backward.isInSteps()) {
            gradients.receive(contributions(equation));
            return;
        }
        if (!reached.contains(DefinitionNames.stem(equation.target().tensor()))) {
            return;
        }
        List<Contribution> within = new ArrayList<>();
        for (Contribution c : contributions(equation)) {
            (reached.contains(Gradients.receiver(c)) ? within : outside).add(c);
        }
        gradients.add(within);
    }

    /** What the tensors that an equation reads receive through it. */
    private List<Contribution> contributions(Equation equation) {
        if (!activity.isActive(equation.target().tensor())) {
            return List.of();
        }
        Set<String> loops =
                equation.accumulates() ? names.indices(expressions(equation)) : names.indices(equation.target());
        loops.addAll(names.members());
        return gradients.of(equation).stream()
                .flatMap(gradient -> chain.contributions(equation.value(), gradient, loops).stream())
                .toList();
    }

    /** Goes back through the steps of a loop: in it for what the steps set, behind it for what they read of others. */
    private void goBack(Steps steps, int depth) {
        if (backward.isInSteps()) {
            throw Fault.at(steps.loop().span().place(), "a loop over steps stands in another one; only one can run");
        }
        Set<String> given = steps.tensors();
        given.removeIf(tensor -> !gradients.isGiven(tensor));
        reached = steps.reached(given, names);
        reached.removeIf(tensor -> !activity.isActive(tensor));
        reached.forEach(tensor -> gradients.writeBefore(steps, tensor));
        backward.openSteps(steps.loop());
        names.enterSteps(steps.loop().index().name());
        goBack(steps.body(), depth + 1);
        names.leaveSteps();
        backward.close();
        List<Contribution> others = List.copyOf(outside);
        outside.clear();
        gradients.receive(others);
    }

    private static Expr[] expressions(Equation equation) {
        return Stream.concat(Stream.of(equation.target(), equation.value()), equation.condition().stream())
                .toArray(Expr[]::new);
    }

    /** Whether all that the layer yields are places and counts, which have no gradient, not even 0. */
    private boolean yieldsIndices() {
        return forward.equations().stream()
                .filter(equation -> gradients.isSupplied(equation.target().tensor()))
                .allMatch(equation ->
                        equation.value() instanceof Expr.Reduce reduce && !Rules.isSmooth(reduce.reduction()));
    }

    /** Whether some equation reads the tensor, but lets no gradient through. */
    private boolean isStopped(String tensor) {
        return forward.equations().stream().anyMatch(equation -> isStopped(tensor, equation.value(), false));
    }

    private boolean isStopped(String tensor, Expr e, boolean isInside) {
        boolean stops = e instanceof Expr.Call call
                && (call.function().equals("stop") || call.function().equals("straight"));
        boolean isInMeaning = e instanceof Expr.Name name
                && names.isShort(name.name())
                && isStopped(tensor, names.spelledOut(name), isInside);
        return isInMeaning
                || (isInside
                        && e instanceof Expr.Access access
                        && access.tensor().equals(tensor))
                || Trees.children(e).stream().anyMatch(child -> isStopped(tensor, child, isInside || stops));
    }

    /** A gradient to which nothing contributes: it is 0, not absent. */
    private static Equation zero(Expr.Access element) {
        Expr.Access target = new Expr.Access("d" + element.tensor(), element.subscripts(), element.span());
        return new Equation(target, true, Trees.whole(0, element), Optional.empty(), element.span());
    }

    /** Parameters from the last to the first, then inputs from the first to the last. */
    private List<String> variables() {
        List<String> params = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        for (Declaration tensor : forward.tensors()) {
            if (tensor.role() == Role.PARAM) {
                params.addFirst(tensor.name());
            } else if (tensor.role() == Role.INPUT) {
                inputs.add(tensor.name());
            }
        }
        params.addAll(inputs);
        return params;
    }

    /** A mean is divided by its total: what the total receives, if it depends on tensors. */
    private List<Contribution> total(Declaration output, Expr total) {
        Expr.Access y = new Expr.Access(output.name(), List.of(), output.span());
        Expr.Access dy = new Expr.Access("d" + output.name(), List.of(), output.span());
        Product value = Product.factor(dy)
                .times(Product.factor(y))
                .times(Product.of(total).power(-1))
                .negate();
        Expr isMean = Trees.compare(
                new Expr.Name("reduction", output.span()), Relation.EQUAL, new Expr.Word("mean", output.span()));
        Term gradient = new Term(value, List.of(new Guard(isMean, true)));
        return chain.contributions(total, gradient, Set.of());
    }
}
