package devml.layer;

import devml.fault.Fault;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Loop;
import devml.notation.Subexpressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Binds one block of equations with its loops, for {@link Binder}. A loop over the members of a family is written out,
 * member by member; one over a size becomes a {@link Sweep}, which runs step by step.
 */
final class Block {
    private final Scope scope;
    private final Sizes sizes;
    private final EquationBinder binder;
    private final List<BoundEquation> bound = new ArrayList<>();
    private int sweeps;

    Block(Scope scope, Sizes sizes, EquationBinder binder) {
        this.scope = scope;
        this.sizes = sizes;
        this.binder = binder;
    }

    List<BoundEquation> bind(List<Equation> equations) {
        bind(equations, 0, Optional.empty());
        return bound;
    }

    /** Binds equations that share their outermost {@code depth} loops. */
    private void bind(List<Equation> equations, int depth, Optional<Sweep> sweep) {
        int at = 0;
        while (at < equations.size()) {
            if (equations.get(at).loops().size() == depth) {
                bind(equations.get(at++), sweep);
                continue;
            }
            Loop loop = equations.get(at).loops().get(depth);
            int end = at;
            while (end < equations.size()
                    && equations.get(end).loops().size() > depth
                    && equations.get(end).loops().get(depth).equals(loop)) {
                end++;
            }
            bind(loop, equations.subList(at, end), depth + 1, sweep);
            at = end;
        }
    }

    private void bind(Loop loop, List<Equation> body, int depth, Optional<Sweep> sweep) {
        Expr.Name index = loop.index();
        Optional<Integer> members = scope.family(index.name());
        if (members.isPresent()) {
            IntStream.range(0, members.get())
                    .map(i -> loop.down() ? members.get() - 1 - i : i)
                    .forEach(member -> scope.withMember(index.name(), member, () -> {
                        bind(body, depth, sweep);
                        return member;
                    }));
            return;
        }
        if (sweep.isPresent()) {
            throw Fault.at(loop.span().place(), "a loop over steps stands in another one; only one can run");
        }
        int extent = sizes.product(Scope.sizeOf(index.name()))
                .orElseThrow(() -> Fault.at(
                        index.place(), "'" + index.name() + "' is the index of no size here" + sizes.describe()));
        Optional<Sweep> steps = Optional.of(new Sweep(sweeps++, loop, extent));
        Set<String> read = new HashSet<>();
        for (Equation equation : body) {
            collect(equation.value(), read, new HashSet<>());
            if (read.contains(equation.target().tensor())) {
                forEachMember(equation, () -> binder.declare(equation, steps));
            }
        }
        bind(body, depth, steps);
    }

    /** Adds the names of all tensors that an expression reads, directly or through short names. */
    private void collect(Expr e, Set<String> read, Set<String> expanded) {
        Subexpressions.walk(e, part -> {
            if (part instanceof Expr.Access access) {
                read.add(access.tensor());
            } else if (part instanceof Expr.Name(String name, var _) && expanded.add(name)) {
                scope.shortName(name).ifPresent(of -> collect(of.line().value(), read, expanded));
            }
        });
    }

    private void bind(Equation equation, Optional<Sweep> sweep) {
        forEachMember(equation, () -> binder.bind(equation, sweep).ifPresent(bound::add));
    }

    /**
     * Runs an action once, or once for each member of a family whose index the equation names outside of a loop over
     * it.
     */
    private void forEachMember(Equation equation, Runnable action) {
        Optional<String> open = scope.families().stream()
                .flatMap(index -> Stream.of(index, index + "'"))
                .filter(index -> scope.member(index).isEmpty() && Families.mentions(equation, index))
                .findFirst();
        if (open.isEmpty()) {
            action.run();
            return;
        }
        for (int member = 0; member < scope.family(open.get()).orElseThrow(); member++) {
            scope.withMember(open.get(), member, () -> {
                forEachMember(equation, action);
                return open;
            });
        }
    }
}
