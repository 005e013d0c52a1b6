package devml.fast;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import java.util.IdentityHashMap;
import java.util.Map;

/** Integers and conditions at one point, where all indices have the values at which the machine stands. */
final class PointEvaluator extends Integers {
    private final StripMachine machine;
    private final IdentityHashMap<Object, Object> nodes = new IdentityHashMap<>();

    /** A machine of one lane over the same indices, once it is needed. */
    private StripMachine single;

    PointEvaluator(long[] index, StripMachine machine) {
        super(index);
        this.machine = machine;
    }

    private StripMachine single() {
        if (single == null) {
            single = machine.single();
        }
        return single;
    }

    @Override
    protected long read(Int.Read read) {
        int offset = offset(read.view(), read.subscripts());
        if (offset < 0) {
            throw new ArithmeticException("%s%s lies outside of its extents %s"
                    .formatted(
                            read.view().name(),
                            read.subscripts().stream().map(this::integer).toList(),
                            read.view().extents()));
        }
        return machine.integers(read.view().tensor())[offset];
    }

    @Override
    protected boolean compare(Cond.CompareReals comparison) {
        CondNode node = (CondNode) nodes.computeIfAbsent(
                comparison, _ -> new StripCompiler(LaneShape.NONE, Map.of()).comparison(comparison));
        node.eval(single(), 0);
        return single().booleans(0)[0];
    }

    @Override
    protected long argReduce(Int.ArgReduce reduction) {
        IntNode node = (IntNode)
                nodes.computeIfAbsent(reduction, _ -> new StripCompiler(LaneShape.NONE, Map.of()).argReduce(reduction));
        node.eval(single(), 0);
        return single().longs(0)[0];
    }
}
