package devml.layer;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.layer.BoundTensor.Role;
import devml.layer.Scope.Part;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Binds one equation, for {@link Block}: its target, its condition, its value, and the box of its free indices. */
final class EquationBinder {

    /** The block in which an equation stands. It decides which tensors the equation may write. */
    enum Phase {
        FORWARD,
        BACKWARD,
        UPDATE
    }

    private final Scope scope;
    private final Sizes sizes;
    private final Tensors tensors;
    private final Phase phase;

    EquationBinder(Scope scope, Sizes sizes, Tensors tensors, Phase phase) {
        this.scope = scope;
        this.sizes = sizes;
        this.tensors = tensors;
        this.phase = phase;
    }

    /**
     * Binds an equation.
     *
     * @param sweep the loop in whose steps the equation runs
     * @return the bound equation; nothing if options switch it off, or if its target is absent
     */
    Optional<BoundEquation> bind(Equation equation, Optional<Sweep> sweep) {
        String name = scope.memberName(equation.target().tensor());
        if (tensors.isAbsent(name)) {
            return Optional.empty();
        }
        if (isSwitchedOff(equation, sweep)) {
            addNothing(equation, name);
            return Optional.empty();
        }
        try {
            return lower(equation, name, sweep);
        } catch (ArithmeticException overflow) {
            throw Fault.at(
                    equation.target().place(),
                    "the integers of this equation cannot be worked out%s: %s"
                            .formatted(sizes.describe(), Integers.reason(overflow)));
        }
    }

    /** Adds the gradient that an equation switched off would have added to: it is present, and zero. */
    private void addNothing(Equation equation, String name) {
        boolean isNew = phase == Phase.BACKWARD && equation.accumulates() && name.startsWith("d");
        if (isNew && !tensors.isKnown(name)) {
            tensors.find(name.substring(1))
                    .map(Tensors.Entry::bound)
                    .filter(of -> !of.integer() && of.role() != Role.BUFFER)
                    .ifPresent(of -> tensors.addGradient(of.name()));
        }
    }

    /** Whether options alone make the condition false, so that the rest of the equation need not make sense. */
    private boolean isSwitchedOff(Equation equation, Optional<Sweep> sweep) {
        Indices indices = indices(sweep);
        indices.setFreedom(Indices.Freedom.ALLOWED);
        Lowering lowering = new Lowering(scope, sizes, tensors, indices);
        return equation.condition()
                .map(condition -> lowering.condition(condition).equals(Cond.FALSE))
                .orElse(false);
    }

    /**
     * Adds the tensor that an equation of a loop sets, before the equation is bound, since an earlier equation of the
     * loop or itself reads it. Such a tensor holds real numbers.
     */
    void declare(Equation equation, Optional<Sweep> sweep) {
        String name = scope.memberName(equation.target().tensor());
        if (tensors.isKnown(name)) {
            return;
        }
        Indices indices = indices(sweep);
        Lowering lowering = new Lowering(scope, sizes, tensors, indices);
        indices.setFreedom(Indices.Freedom.ALLOWED);
        lowering.blocks()
                .subscripts(equation.target().subscripts())
                .forEach(subscript -> lowering.integer(subscript, Part.WHOLE));
        if (target(equation, name).isEmpty()) {
            local(equation, name, indices, new Real.Constant(0));
        }
    }

    private static Indices indices(Optional<Sweep> sweep) {
        Indices indices = new Indices();
        sweep.ifPresent(loop -> indices.bind(
                loop.syntax().index().name(),
                loop.extent(),
                loop.syntax().index().place()));
        return indices;
    }

    private Optional<BoundEquation> lower(Equation equation, String name, Optional<Sweep> sweep) {
        Indices indices = indices(sweep);
        Lowering lowering = new Lowering(scope, sizes, tensors, indices);
        indices.setFreedom(Indices.Freedom.ALLOWED);
        Indices.Frame frame = equation.accumulates() ? indices.openEquation() : null;
        List<Int> named = new ArrayList<>();
        for (Expr subscript : lowering.blocks().subscripts(equation.target().subscripts())) {
            named.add(lowering.integer(subscript, Part.WHOLE)); // first, so that the target's indices come in its
            // order
        }
        if (!equation.accumulates()) {
            indices.setFreedom(Indices.Freedom.CLOSED);
        }
        Cond condition = equation.condition().map(lowering::condition).orElse(Cond.TRUE);
        lowering.assume(condition);
        Optional<BoundTensor> known = target(equation, name);
        List<Int> subscripts = known.isPresent() ? new Accesses(lowering).target(equation.target()) : named;
        Value value = lowering.value(equation.value());
        BoundTensor target = known.orElseGet(() -> local(equation, name, indices, value));
        if (equation.accumulates()) {
            Map<String, Integer> summed = new LinkedHashMap<>(indices.freeIndices());
            sweep.ifPresent(loop -> summed.put(loop.syntax().index().name(), Sweep.SLOT));
            Set<Integer> read = new TreeSet<>();
            terms(value).forEach(term -> read.addAll(Lowering.slots(term)));
            summed.values().removeIf(slot -> indices.unread().contains(slot) && !read.contains(slot));
            checkTerms(equation, value, subscripts, summed, indices.extents());
        }
        Cond guard = Cond.and(frame == null ? Cond.TRUE : frame.edges(), condition);
        List<Integer> slots = List.copyOf(indices.freeIndices().values());
        Box box = new Box(slots, indices.extents(slots), guard);
        Assignment assignment = new Assignment(
                target.view(),
                subscripts,
                equation.accumulates(),
                box,
                typed(equation, target, value),
                indices.extents().size(),
                equation.target().place());
        return Optional.of(new BoundEquation(equation, assignment, sweep, lowering.positions()));
    }

    private static Value typed(Equation equation, BoundTensor target, Value value) {
        if (!target.integer()) {
            return Reals.of(value);
        }
        if (value instanceof Int) {
            return value;
        }
        throw Fault.at(
                equation.value().place(),
                target.name() + " holds integers, since it was first set to one; write 0.0 for the real number 0");
    }

    /** Returns the tensor that the equation writes; nothing if the equation introduces a local one. */
    private Optional<BoundTensor> target(Equation equation, String name) {
        tensors.bring(name);
        Optional<Tensors.Entry> entry = tensors.find(name);
        if (entry.isEmpty()) {
            return name.startsWith("d")
                    ? tensors.find(name.substring(1)).map(of -> gradient(equation, of.bound()))
                    : Optional.empty();
        }
        Role role = entry.get().bound().role();
        boolean allowed = switch (role) {
            case OUTPUT -> phase == Phase.FORWARD;
            case GRADIENT -> phase == Phase.BACKWARD && !isGiven(name);
            case BUFFER -> phase == Phase.UPDATE;
            case LOCAL -> true;
            case INPUT, PARAM -> false;
        };
        if (!allowed) {
            throw forbidden(
                    equation,
                    name,
                    switch (role) {
                        case OUTPUT -> "an output";
                        case GRADIENT -> isGiven(name) ? "the gradient of an output" : "a gradient";
                        case BUFFER -> "a buffer";
                        case LOCAL -> "a local tensor";
                        case INPUT -> "an input";
                        case PARAM -> "a parameter";
                    });
        }
        return Optional.of(entry.get().bound());
    }

    /** Adds the gradient with respect to a tensor, when it is first written. */
    private BoundTensor gradient(Equation equation, BoundTensor of) {
        String name = "d" + of.name();
        if (phase != Phase.BACKWARD) {
            throw forbidden(equation, name, "a gradient");
        }
        if (of.integer() || of.role() == Role.BUFFER) {
            throw Fault.at(
                    equation.target().place(),
                    "there is no gradient %s: %s %s"
                            .formatted(name, of.name(), of.integer() ? "holds integers" : "is a buffer"));
        }
        return tensors.addGradient(of.name());
    }

    /** Whether the network provides the gradient: that of an output. */
    private boolean isGiven(String gradient) {
        return tensors.find(gradient.substring(1))
                .map(of -> of.bound().role() == Role.OUTPUT)
                .orElse(false);
    }

    private Fault forbidden(Equation equation, String name, String role) {
        return Fault.at(
                equation.target().place(),
                "%s is %s, which no equation of '%s' may write"
                        .formatted(name, role, phase.name().toLowerCase(java.util.Locale.ROOT)));
    }

    /**
     * Adds a local tensor that no declaration names: the bare indices of the equation that first sets it declare it.
     */
    private BoundTensor local(Equation equation, String name, Indices indices, Value value) {
        List<Integer> extents = new ArrayList<>();
        List<Integer> dims = new ArrayList<>();
        List<Optional<String>> declared = new ArrayList<>();
        for (Expr subscript :
                new GroupBlocks(scope, sizes).subscripts(equation.target().subscripts())) {
            boolean isIndex = subscript instanceof Expr.Name index
                    && indices.find(scope.memberName(index.name())).isPresent();
            if (!isIndex) {
                throw Fault.at(
                        subscript.place(),
                        "%s is no declared tensor, so that bare indices must declare it; %s is none%s"
                                .formatted(
                                        name, Printer.print(subscript), devml.fault.Nearest.guess(name, writable())));
            }
            String size = Scope.sizeOf(scope.memberName(((Expr.Name) subscript).name()));
            extents.add(sizes.product(size).orElseThrow());
            dims.addAll(sizes.extents(size).orElseThrow());
            declared.add(Optional.of(size));
        }
        Shape shape = Declared.shape(dims, equation.target().place());
        return tensors.add(
                name, Role.LOCAL, extents, declared, shape, value instanceof Int, Optional.empty(), Optional.empty());
    }

    private List<String> writable() {
        return tensors.all().stream()
                .flatMap(t -> switch (t.role()) {
                    case OUTPUT -> java.util.stream.Stream.of(t.name());
                    case INPUT, PARAM -> java.util.stream.Stream.of("d" + t.name());
                    case BUFFER, LOCAL, GRADIENT -> java.util.stream.Stream.<String>empty();
                })
                .toList();
    }

    /**
     * Checks that every additive term of a {@code +=} contains each index that is summed; else the term would be
     * multiplied by the number of points.
     */
    private static void checkTerms(
            Equation equation, Value value, List<Int> subscripts, Map<String, Integer> free, List<Integer> extents) {
        if (free.values().stream().anyMatch(slot -> extents.get(slot) == 0)) {
            return; // there are no points, and lowering may have left no formula in them
        }
        Set<Integer> summed = new TreeSet<>(free.values());
        subscripts.forEach(s -> summed.removeAll(Lowering.slots(s)));
        if (summed.isEmpty()) {
            return;
        }
        for (Value term : terms(value)) {
            Set<Integer> missing = new TreeSet<>(summed);
            missing.removeAll(Lowering.slots(term));
            free.forEach((name, slot) -> {
                if (missing.contains(slot)) {
                    throw Fault.at(
                            equation.value().place(),
                            "the index %s is summed here, but a term does not contain it and would be counted %d times; sum(%s: …) around the others says what is meant"
                                    .formatted(name, extents.get(slot), name));
                }
            });
        }
    }

    private static List<Value> terms(Value value) {
        return switch (value) {
            case Real.Binary(Real.Op op, Real left, Real right)
            when op == Real.Op.ADD || op == Real.Op.SUBTRACT -> terms(left, right);
            case Int.Binary(Int.Op op, Int left, Int right)
            when op == Int.Op.ADD || op == Int.Op.SUBTRACT -> terms(left, right);
            case Real.Unary(Real.Function function, Real operand)
            when function == Real.Function.NEGATE -> terms(operand);
            case Real.FromInt(Int whole) -> terms(whole);
            case Int.Constant(long zero) when zero == 0 -> List.of(); // nothing to sum: -i is 0 - i
            case Value other -> List.of(other);
        };
    }

    private static List<Value> terms(Value left, Value right) {
        List<Value> terms = new ArrayList<>(terms(left));
        terms.addAll(terms(right));
        return terms;
    }
}
