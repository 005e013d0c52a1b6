package devml.fast;

import devml.equation.Assignment;
import devml.equation.Loop;
import devml.equation.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** How the tensors of a program lie, and how each of its statements runs. */
public final class ProgramPlan {
    private final Storages storages;
    private final Layout layout;
    private final IdentityHashMap<Statement, List<Step>> steps = new IdentityHashMap<>();

    /** The tensors whose every element is set before anything is added to it. */
    private final Set<Integer> set = new HashSet<>();

    private ProgramPlan(Storages storages, Layout layout) {
        this.storages = storages;
        this.layout = layout;
    }

    /**
     * Plans a program.
     *
     * @param storages its tensors
     * @param program all that will run, in order
     */
    public static ProgramPlan of(Storages storages, List<Statement> program) {
        return of(storages, program, LayoutChoice.LEAST_EXTENT);
    }

    /**
     * As above, for tests of small tensors.
     *
     * @param leastExtent of a dimension that tensors may keep innermost
     */
    public static ProgramPlan of(Storages storages, List<Statement> program, int leastExtent) {
        List<Assignment> equations =
                program.stream().flatMap(s -> s.assignments().stream()).toList();
        ProgramPlan plan = new ProgramPlan(storages, Layout.choose(storages, equations, leastExtent));
        plan.firsts(program).parallelStream().map(plan::planned).toList().forEach(plan::add);
        return plan;
    }

    /**
     * A statement of a program.
     *
     * @param isFirst whether it is the first to write its target
     */
    private record First(Statement statement, boolean isFirst) {}

    /**
     * A statement that is planned.
     *
     * @param sets whether it sets every element of its target, which nothing has written before
     */
    private record Planned(Statement statement, List<Step> steps, boolean sets) {}

    private List<First> firsts(List<Statement> program) {
        List<First> firsts = new ArrayList<>();
        Set<Integer> written = new HashSet<>();
        for (Statement statement : program) {
            boolean isFirst = false;
            for (Assignment equation : statement.assignments()) {
                isFirst = written.add(storages.root(equation.target().tensor()));
            }
            firsts.add(new First(statement, isFirst));
        }
        return firsts;
    }

    private Planned planned(First first) {
        return switch (first.statement()) {
            case Assignment equation -> {
                Planner planner = new Planner(layout.apply(equation), first.isFirst());
                yield new Planned(equation, planner.steps(), first.isFirst() && planner.sets());
            }
            case Loop loop -> new Planned(loop, later(loop), false);
        };
    }

    private void add(Planned planned) {
        steps.put(planned.statement(), planned.steps());
        if (planned.sets() && planned.statement() instanceof Assignment equation) {
            set.add(storages.root(equation.target().tensor()));
        }
    }

    /** Plans a statement whose targets may have been written before. */
    private List<Step> later(Statement statement) {
        return switch (statement) {
            case Assignment equation -> new Planner(layout.apply(equation), false).steps();
            case Loop loop ->
                loop.steps()
                        .boxed()
                        .flatMap(step -> loop.at(step).stream())
                        .flatMap(equation -> later(equation).stream())
                        .toList();
        };
    }

    int tensors() {
        return storages.count();
    }

    /** The most indices that an equation has. */
    int slots() {
        return steps.values().stream()
                .flatMap(List::stream)
                .mapToInt(step -> switch (step) {
                    case Step.Strips strips -> strips.plan().slots();
                    case Step.Contract _ -> 0;
                })
                .max()
                .orElse(0);
    }

    Layout layout() {
        return layout;
    }

    List<Step> steps(Statement statement) {
        return steps.computeIfAbsent(statement, this::later);
    }

    /** How a statement runs: each of its parts in order; for a loop, those of all steps. */
    public List<Route> routes(Statement statement) {
        return steps(statement).stream().map(Step::route).toList();
    }

    /** The extent of the dimension that a tensor keeps innermost though users see it elsewhere; empty in row-major order. */
    public OptionalInt innermost(int tensor) {
        return layout.of(tensor).stream().mapToInt(Innermost::extent).findFirst();
    }

    /** Whether a tensor may hold anything before the program runs. */
    boolean isSet(int tensor) {
        return set.contains(storages.root(tensor));
    }
}
