package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Declaration.Role;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Span;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gradients of all tensors: what they have received, and how that is written. Tensors go by their stems. */
final class Gradients {
    /** Up to how many terms a gradient may become in all its uses before it gets a tensor of its own. */
    private static final int MAX_INLINE = 4;

    private final Forward forward;
    private final DefinitionNames names;
    private final Activity activity;
    private final Dimensions dimensions;
    private final NewLocals locals;
    private final Finishing finishing;
    private final GradientEquations gradientEquations;
    private final Vanishing vanishing;
    private final Homes homes;
    private final Backward backward;

    /** The tensors whose gradients are given: outputs, and what is reduced to one. */
    private final Set<String> supplied = new LinkedHashSet<>();

    /** The local tensors that hold the whole gradient of an output, of which only a part is given. */
    private final Map<String, String> sums = new HashMap<>();

    /** What has arrived and is not written yet. */
    private final Map<String, List<Contribution>> received = new LinkedHashMap<>();

    /** The tensors whose gradients are equations already, of which others may follow. */
    private final Set<String> written = new HashSet<>();

    /** The gradients that are no tensors of their own. */
    private final Map<String, Inline> inlined = new HashMap<>();

    private final Set<String> settled = new HashSet<>();

    Gradients(
            Forward forward,
            DefinitionNames names,
            Activity activity,
            Dimensions dimensions,
            Naming naming,
            NewLocals locals,
            Backward backward) {
        this.forward = forward;
        this.names = names;
        this.activity = activity;
        this.dimensions = dimensions;
        this.locals = locals;
        this.finishing = new Finishing(names, naming, locals, forward);
        this.gradientEquations = new GradientEquations(names, this::isGradient);
        this.vanishing = new Vanishing(names, forward, locals);
        this.homes = new Homes(names, forward);
        this.backward = backward;
        for (Declaration tensor : forward.tensors()) {
            if (tensor.role() == Role.OUTPUT) {
                supplied.add(DefinitionNames.stem(
                        tensor.reduced().map(r -> r.elements().tensor()).orElse(tensor.name())));
            }
        }
    }

    /** Whether the network gives the gradient, at least a part of it. */
    boolean isSupplied(String tensor) {
        return supplied.contains(tensor);
    }

    /** Whether a gradient comes to the tensor from behind the equations that set it. */
    boolean isGiven(String tensor) {
        return supplied.contains(tensor) || received.containsKey(tensor) || homes.isHandedOn(tensor);
    }

    boolean isNothing(String tensor) {
        return arrived(tensor).isEmpty() && !written.contains(tensor);
    }

    /** Begins the sums of outputs that equations read which run over members of families: those add to them one by one. */
    void sumOutputsReadElsewhere() {
        supplied.stream()
                .filter(activity::isActive)
                .forEach(tensor ->
                        homes.readElsewhere(tensor).ifPresent(read -> write(summed(tensor, read, List.of()), true)));
    }

    /** Writes what has come to a tensor from behind a loop whose steps set it. */
    void writeBefore(Steps steps, String tensor) {
        boolean isWhole = supplied.contains(tensor) && !received.containsKey(tensor) && !steps.reads(tensor, names);
        List<Contribution> arrived = supplied.contains(tensor) && !isWhole
                ? summed(tensor, steps.loop().span(), arrived(tensor))
                : arrived(tensor);
        settled.add(tensor);
        backward.addAll(locals.takeNew());
        backward.addAll(gradientEquations.equations(arrived, true));
    }

    /** Writes contributions where the equations stand now. */
    void add(List<Contribution> contributions) {
        List<Contribution> renamed = contributions.stream()
                .map(c -> new Contribution(gradient(c), c.term(), c.loops()))
                .toList();
        Steps.byTarget(renamed).values().forEach(same -> write(finishing.finish(same), true));
    }

    /** The tensor whose gradient a contribution is to. */
    static String receiver(Contribution c) {
        return DefinitionNames.stem(c.target().tensor().substring(1));
    }

    /** The element of a gradient that a contribution is to. */
    private Expr.Access gradient(Contribution c) {
        return sums.containsKey(receiver(c)) ? in(sums.get(receiver(c)), c.target()) : c.target();
    }

    /** The gradient with respect to an element. */
    private Expr.Access gradient(Expr.Access element) {
        return in(sums.getOrDefault(DefinitionNames.stem(element.tensor()), "d" + element.tensor()), element);
    }

    /** The same element of another tensor. */
    private static Expr.Access in(String tensor, Expr.Access element) {
        return new Expr.Access(tensor, element.subscripts(), element.span());
    }

    /** Keeps what arrives until all has; writes it at once if that is never so where the equations stand now. */
    void receive(List<Contribution> contributions) {
        List<Contribution> atOnce = new ArrayList<>();
        for (Contribution c : contributions) {
            if (homes.isAtHome(receiver(c))) {
                received.computeIfAbsent(receiver(c), _ -> new ArrayList<>()).add(c);
            } else {
                written.add(receiver(c));
                atOnce.add(c);
            }
        }
        add(atOnce);
    }

    /** What has arrived at a tensor that is at home here. */
    List<Contribution> arrived(String tensor) {
        return finishing.finish(received.getOrDefault(tensor, List.of()));
    }

    /** The gradient with respect to what an equation sets, where the equation holds. */
    List<Term> of(Equation equation) {
        String tensor = DefinitionNames.stem(equation.target().tensor());
        if (settled.add(tensor)) {
            if (supplied.contains(tensor)) {
                total(tensor);
            } else {
                settle(tensor, arrived(tensor));
            }
        }
        List<Term> terms = inlined.containsKey(tensor)
                ? inlined.get(tensor).at(equation.target(), names).orElseThrow()
                : List.of(Term.of(Product.factor(gradient(equation.target()))));
        return equation.condition()
                .map(condition -> terms.stream()
                        .map(term -> Term.of(Product.ONE).where(condition, true).flatMap(t -> t.times(term)))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(terms);
    }

    /** Adds to the gradient that is given for an output what other equations bring that read the output. */
    private void total(String tensor) {
        List<Contribution> contributions = arrived(tensor);
        if (!contributions.isEmpty()) {
            settle(tensor, summed(tensor, contributions.getFirst().target().span(), contributions));
        }
    }

    /** A local tensor that adds up the gradient that is given for an output and all that has arrived else. */
    private List<Contribution> summed(String tensor, Span read, List<Contribution> contributions) {
        Expr.Access element = Optional.of(tensor)
                .filter(name -> !Template.isTemplate(name))
                .flatMap(dimensions::element)
                .orElseThrow(() -> Fault.at(
                        read.place(),
                        "%s is an output whose dimensions are products of sizes, and is read too; set a local tensor first, and the output from that"
                                .formatted(tensor)));
        List<Contribution> all = new ArrayList<>();
        if (!sums.containsKey(tensor)) {
            sums.put(tensor, locals.name("g", "e", "u"));
            Term given = Term.of(Product.factor(in("d" + tensor, element)));
            all.add(new Contribution(gradient(element), given, names.indices(element)));
        }
        contributions.forEach(c -> all.add(new Contribution(gradient(c), c.term(), c.loops())));
        return all;
    }

    /** Decides how the gradient of a tensor is written, once all has arrived that it receives. */
    private void settle(String tensor, List<Contribution> arrived) {
        List<Contribution> contributions = vanishing.remaining(arrived);
        if (homes.isHandedOn(tensor) || written.contains(tensor)) {
            write(contributions, true);
            return;
        }
        if (contributions.isEmpty()) {
            inlined.put(tensor, new Inline(List.of(), List.of()));
            return;
        }
        Expr.Access target = contributions.getFirst().target();
        Optional<List<String>> indices = names.element(target);
        if (indices.isPresent()
                && contributions.stream().allMatch(c -> c.target().equals(target))) {
            List<Contribution> hoisted = contributions.size() == 1
                    ? List.of(finishing.hoisted(contributions.getFirst(), true))
                    : contributions;
            Inline inline = new Inline(
                    indices.get(), hoisted.stream().map(Contribution::term).toList());
            if (isInlined(tensor, hoisted, inline)) {
                inlined.put(tensor, inline);
                return;
            }
        }
        write(contributions, true);
    }

    private boolean isInlined(String tensor, List<Contribution> contributions, Inline inline) {
        boolean isPointwise =
                contributions.stream().allMatch(c -> c.summed(names).isEmpty());
        int uses = 0;
        boolean fits = true;
        for (Equation equation : forward.equations()) {
            if (DefinitionNames.stem(equation.target().tensor()).equals(tensor)) {
                uses += activity.occurrences(equation.value());
                fits &= inline.at(equation.target(), names).isPresent();
            }
        }
        return isPointwise && fits && (contributions.size() == 1 || contributions.size() * uses <= MAX_INLINE);
    }

    /** @param isRead whether other equations read the gradient, so that it must be set whatever the options are */
    void write(List<Contribution> contributions, boolean isRead) {
        locals.takeNew().forEach(local -> {
            if (backward.isInSteps() && !readsGradient(local.value())) {
                backward.addBeforeSteps(local);
            } else {
                backward.add(local);
            }
        });
        if (names.members().isEmpty() && !backward.isInSteps()) {
            vanishing.define(contributions);
        }
        backward.addAll(gradientEquations.equations(contributions, isRead));
    }

    private boolean isGradient(Expr e) {
        if (!(e instanceof Expr.Access access)) {
            return false;
        }
        boolean isOfTensor = access.tensor().startsWith("d")
                && (activity.isActive(access.tensor().substring(1))
                        || isOutput(access.tensor().substring(1)));
        return isOfTensor
                || sums.containsValue(access.tensor())
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
