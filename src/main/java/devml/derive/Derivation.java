package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Declaration.Role;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Relation;
import devml.notation.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Derives the backward equations of a layer from its forward equations, the last first. */
public final class Derivation {
    /** Up to how many terms a gradient may become in all its uses before it gets a tensor of its own. */
    private static final int MAX_INLINE = 4;

    private final Forward forward;
    private final Names names;
    private final Activity activity;
    private final Locals locals;
    private final Dimensions dimensions;
    private final Chain chain;
    private final Finishing finishing;
    private final Gathering gathering;
    private final Vanishing vanishing;

    /** The tensors whose gradients are given: outputs, and what is reduced to one. */
    private final Set<String> supplied = new HashSet<>();

    /** The local tensors that hold the whole gradient of an output, of which only a part is given. */
    private final Set<String> sums = new HashSet<>();

    private final Map<String, List<Contribution>> received = new LinkedHashMap<>();
    private final Map<String, Cotangent> cotangents = new HashMap<>();
    private final List<Equation> backward = new ArrayList<>();

    private Derivation(Forward forward) {
        this.forward = forward;
        this.names = new Names(forward);
        this.activity = new Activity(names, forward);
        this.locals = new Locals(names, forward);
        Naming naming = new Naming(names, forward);
        this.dimensions = new Dimensions(names, forward);
        this.chain = new Chain(names, activity, dimensions, naming, locals);
        this.finishing = new Finishing(names, naming, locals);
        this.gathering = new Gathering(names, this::isGradient);
        this.vanishing = new Vanishing(names, forward, locals);
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
                supplied.add(tensor.reduced().map(r -> r.elements().tensor()).orElse(tensor.name()));
                tensor.reduced().ifPresent(reduced -> receive(total(tensor, reduced.total())));
            }
        }
        for (List<Equation> block : Steps.blocks(forward.equations()).reversed()) {
            Steps.of(block)
                    .ifPresentOrElse(
                            this::goBack, () -> contributions(block.getFirst()).forEach(this::receive));
        }
        gradients().stream().filter(activity::isActive).forEach(tensor -> {
            List<Contribution> contributions = arrived(tensor);
            if (contributions.isEmpty() && !yieldsIndices() && !isStopped(tensor)) {
                dimensions.element(tensor).ifPresent(element -> backward.add(zero(element)));
            }
            write(contributions, false);
        });
        return List.copyOf(backward);
    }

    /** What the tensors that an equation reads receive through it, term by term of its gradient. */
    private List<List<Contribution>> contributions(Equation equation) {
        if (!activity.isActive(equation.target().tensor())) {
            return List.of();
        }
        Set<String> loops =
                equation.accumulates() ? names.indices(expressions(equation)) : names.indices(equation.target());
        return cotangent(equation).stream()
                .map(gradient -> chain.contributions(equation.value(), gradient, loops))
                .toList();
    }

    /** Goes back through the steps of a loop: in it for what the steps set, behind it for what they read of others. */
    private void goBack(Steps steps) {
        Set<String> given = new LinkedHashSet<>(steps.tensors());
        given.removeIf(tensor -> !supplied.contains(tensor) && !received.containsKey(tensor));
        Set<String> reached = steps.reached(given, names);
        reached.removeIf(tensor -> !activity.isActive(tensor));
        for (String tensor : reached) {
            boolean isWhole = supplied.contains(tensor) && !received.containsKey(tensor) && !steps.reads(tensor, names);
            List<Contribution> arrived = supplied.contains(tensor) && !isWhole
                    ? summed(tensor, steps.loop().span(), arrived(tensor))
                    : arrived(tensor);
            String name = arrived.isEmpty()
                    ? "d" + tensor
                    : arrived.getFirst().target().tensor();
            cotangents.put(tensor, new Cotangent.Named(name));
            backward.addAll(locals.takeNew());
            backward.addAll(gathering.equations(arrived, true));
        }
        List<Equation> body = new ArrayList<>();
        for (Equation equation : steps.body().reversed()) {
            if (!reached.contains(equation.target().tensor())) {
                continue;
            }
            List<Contribution> within = new ArrayList<>();
            contributions(equation).stream().flatMap(List::stream).forEach(c -> {
                String tensor = c.target().tensor().substring(1);
                if (reached.contains(tensor)) {
                    within.add(renamed(c, ((Cotangent.Named) cotangents.get(tensor)).tensor()));
                } else {
                    receive(List.of(c));
                }
            });
            Steps.byTarget(within).values().forEach(same -> {
                List<Contribution> finished = finishing.finish(same);
                locals.takeNew().forEach(local -> {
                    if (readsGradient(local.value())) {
                        body.add(steps.back(local));
                    } else {
                        backward.add(local);
                    }
                });
                gathering.equations(finished, true).forEach(e -> body.add(steps.back(e)));
            });
        }
        backward.addAll(body);
    }

    private static Contribution renamed(Contribution c, String gradient) {
        Expr.Access target = c.target();
        return new Contribution(new Expr.Access(gradient, target.subscripts(), target.span()), c.term(), c.loops());
    }

    private static Expr[] expressions(Equation equation) {
        return Stream.concat(Stream.of(equation.target(), equation.value()), equation.condition().stream())
                .toArray(Expr[]::new);
    }

    /** Whether all that the layer yields are places and counts, which have no gradient, not even 0. */
    private boolean yieldsIndices() {
        return forward.equations().stream()
                .filter(equation -> supplied.contains(equation.target().tensor()))
                .allMatch(equation ->
                        equation.value() instanceof Expr.Reduce reduce && !Rules.isSmooth(reduce.reduction()));
    }

    /** Whether some equation reads the tensor, but lets no gradient through. */
    private boolean isStopped(String tensor) {
        return forward.equations().stream().anyMatch(equation -> isStopped(tensor, equation.value(), false))
                || forward.where().stream().anyMatch(line -> isStopped(tensor, line.value(), false));
    }

    private static boolean isStopped(String tensor, Expr e, boolean isInside) {
        boolean stops = e instanceof Expr.Call call
                && (call.function().equals("stop") || call.function().equals("straight"));
        return (isInside && e instanceof Expr.Access access && access.tensor().equals(tensor))
                || Trees.children(e).stream().anyMatch(child -> isStopped(tensor, child, isInside || stops));
    }

    /** A gradient to which nothing contributes: it is 0, not absent. */
    private static Equation zero(Expr.Access element) {
        Expr.Access target = new Expr.Access("d" + element.tensor(), element.subscripts(), element.span());
        return new Equation(target, true, Trees.whole(0, element), Optional.empty(), element.span());
    }

    /** Parameters from the last to the first, then inputs from the first to the last. */
    private List<String> gradients() {
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

    private void receive(List<Contribution> contributions) {
        contributions.forEach(c -> received.computeIfAbsent(c.target().tensor().substring(1), _ -> new ArrayList<>())
                .add(c));
    }

    private List<Contribution> arrived(String tensor) {
        return finishing.finish(received.getOrDefault(tensor, List.of()));
    }

    /** The gradient with respect to what an equation sets, where the equation holds. */
    private List<Term> cotangent(Equation equation) {
        String tensor = equation.target().tensor();
        if (!cotangents.containsKey(tensor)) {
            cotangents.put(tensor, supplied.contains(tensor) ? total(tensor) : settle(tensor, arrived(tensor)));
        }
        List<Term> terms = cotangents.get(tensor).at(equation.target(), names).orElseThrow();
        return equation.condition()
                .map(condition -> terms.stream()
                        .map(term -> Term.of(Product.ONE).where(condition, true).flatMap(t -> t.times(term)))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(terms);
    }

    /** The gradient that is given for an output, and what other equations add that read the output. */
    private Cotangent total(String tensor) {
        List<Contribution> contributions = arrived(tensor);
        return contributions.isEmpty()
                ? new Cotangent.Named("d" + tensor)
                : settle(
                        tensor, summed(tensor, contributions.getFirst().target().span(), contributions));
    }

    /** A local tensor that adds up the gradient that is given for an output and all that has arrived else. */
    private List<Contribution> summed(String tensor, Span read, List<Contribution> contributions) {
        Expr.Access element = dimensions
                .element(tensor)
                .orElseThrow(() -> Fault.at(
                        read.place(),
                        "%s is an output whose dimensions are products of sizes, and is read too; set a local tensor first, and the output from that"
                                .formatted(tensor)));
        String sum = locals.name("g", "e", "u");
        sums.add(sum);
        List<Contribution> all = new ArrayList<>();
        Expr.Access given = new Expr.Access("d" + tensor, element.subscripts(), read);
        Expr.Access whole = new Expr.Access(sum, element.subscripts(), read);
        all.add(new Contribution(whole, Term.of(Product.factor(given)), names.indices(element)));
        contributions.forEach(c -> all.add(renamed(c, sum)));
        return all;
    }

    /** Decides how the gradient of a tensor is written, once all has arrived that it receives. */
    private Cotangent settle(String tensor, List<Contribution> arrived) {
        List<Contribution> contributions = vanishing.remaining(arrived);
        if (contributions.isEmpty()) {
            return new Cotangent.Inline(List.of(), List.of());
        }
        Expr.Access target = contributions.getFirst().target();
        Optional<List<String>> indices = names.element(target);
        if (indices.isPresent()
                && contributions.stream().allMatch(c -> c.target().equals(target))) {
            List<Contribution> hoisted = contributions.size() == 1
                    ? List.of(finishing.hoisted(contributions.getFirst(), true))
                    : contributions;
            Cotangent inline = new Cotangent.Inline(
                    indices.get(), hoisted.stream().map(Contribution::term).toList());
            if (isInlined(tensor, hoisted, inline)) {
                return inline;
            }
        }
        write(contributions, true);
        return new Cotangent.Named(target.tensor());
    }

    private boolean isInlined(String tensor, List<Contribution> contributions, Cotangent inline) {
        boolean isPointwise =
                contributions.stream().allMatch(c -> c.summed(names).isEmpty());
        int uses = 0;
        boolean fits = true;
        for (Equation equation : forward.equations()) {
            if (equation.target().tensor().equals(tensor)) {
                uses += activity.occurrences(equation.value());
                fits &= inline.at(equation.target(), names).isPresent();
            }
        }
        return isPointwise && fits && (contributions.size() == 1 || contributions.size() * uses <= MAX_INLINE);
    }

    private void write(List<Contribution> contributions, boolean isRead) {
        backward.addAll(locals.takeNew());
        vanishing.define(contributions);
        backward.addAll(gathering.equations(contributions, isRead));
    }

    private boolean isGradient(Expr e) {
        if (!(e instanceof Expr.Access access)) {
            return false;
        }
        boolean isOfTensor = access.tensor().startsWith("d")
                && (activity.isActive(access.tensor().substring(1))
                        || isOutput(access.tensor().substring(1)));
        return isOfTensor
                || sums.contains(access.tensor())
                || locals.find(access.tensor())
                        .map(local -> readsGradient(local.value()))
                        .orElse(false);
    }

    private boolean readsGradient(Expr e) {
        return isGradient(e) || Trees.children(e).stream().anyMatch(this::readsGradient);
    }

    private boolean isOutput(String tensor) {
        return forward.tensors().stream()
                .anyMatch(t -> t.role() == Role.OUTPUT && t.name().equals(tensor));
    }
}
