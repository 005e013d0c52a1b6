package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the elements lie that a strip reads and writes. An affine subscript makes a strip a base and a step. */
final class Subscripts {

    private final StripMachine machine;
    private final IdentityHashMap<Object, Optional<Linear>> linear = new IdentityHashMap<>();
    private final Map<Integer, IdentityHashMap<Value, Boolean>> uses = new HashMap<>();
    private final int[] offsets = new int[Lanes.WIDTH];

    Subscripts(StripMachine machine) {
        this.machine = machine;
    }

    /** Whether the value of an expression may differ from lane to lane. */
    boolean usesLane(Value value, int lane) {
        return uses.computeIfAbsent(lane, l -> new IdentityHashMap<>()).computeIfAbsent(value, v -> {
            boolean[] found = {false};
            Uses.indices(v, slot -> found[0] |= slot == lane);
            return found[0];
        });
    }

    private Optional<Linear> linear(View view, List<Int> subscripts) {
        return linear.computeIfAbsent(subscripts, s -> Linear.of(view, subscripts));
    }

    void load(Real.Read read, int at) {
        int tensor = read.view().tensor();
        Optional<Linear> affine = linear(read.view(), read.subscripts());
        if (affine.isPresent()) {
            int step = step(affine.get());
            machine.lanes().load(at, machine.low(), machine.high(), tensor, base(affine.get()), step);
        } else {
            findEach(read.view(), read.subscripts());
            machine.lanes().gather(at, machine.low(), machine.high(), tensor, offsets);
        }
    }

    /** Writes the strip in a register to the target of an equation. */
    void store(Assignment equation, int at) {
        int tensor = equation.target().tensor();
        Optional<Linear> affine = linear(equation.target(), equation.subscripts());
        if (affine.isPresent() && !machine.hasMask()) {
            machine.lanes()
                    .store(
                            at,
                            machine.low(),
                            machine.high(),
                            tensor,
                            base(affine.get()),
                            step(affine.get()),
                            equation.accumulates());
        } else {
            findEach(equation.target(), equation.subscripts());
            machine.lanes().scatter(at, machine.low(), machine.high(), tensor, offsets, equation.accumulates());
        }
    }

    /** Writes integers to the target of an equation. */
    void store(Assignment equation, Int value) {
        long[] values = machine.integers(value);
        long[] tensor = machine.integerTensor(equation.target().tensor());
        findEach(equation.target(), equation.subscripts());
        for (int i = machine.low(); i < machine.high(); i++) {
            if (offsets[i] >= 0) {
                tensor[offsets[i]] = values[i] + (equation.accumulates() ? tensor[offsets[i]] : 0);
            }
        }
    }

    /** The offset of lane 0, counted from the lane's own zero. */
    private int base(Linear affine) {
        int lane = machine.lane();
        long start = affine.at(machine.index());
        return Math.toIntExact(lane < 0 ? start : start + affine.weight(lane) * machine.firstLane());
    }

    private int step(Linear affine) {
        return machine.lane() < 0 ? 0 : Math.toIntExact(affine.weight(machine.lane()));
    }

    /** The offset of each lane; -1 for those that do not take part. */
    private void findEach(View view, List<Int> subscripts) {
        for (int i = machine.low(); i < machine.high(); i++) {
            offsets[i] = -1;
        }
        Optional<Linear> affine = linear(view, subscripts);
        if (affine.isPresent()) {
            int base = base(affine.get());
            int step = step(affine.get());
            for (int i = machine.low(); i < machine.high(); i++) {
                offsets[i] = machine.takesPart(i) ? base + i * step : -1;
            }
        } else if (machine.lane() < 0) {
            offsets[0] = element(view, subscripts);
        } else {
            machine.forEachLane(i -> offsets[i] = element(view, subscripts));
        }
    }

    /** The offset of one element. */
    int element(View view, List<Int> subscripts) {
        int offset = machine.offset(view, subscripts);
        if (offset < 0) {
            throw new ArithmeticException("%s%s lies outside of its extents %s"
                    .formatted(
                            view.name(),
                            subscripts.stream().map(machine::integer).toList(),
                            view.extents()));
        }
        return offset;
    }

    /**
     * Narrows the strip to the lanes in which a comparison of affine integers holds.
     *
     * @return false if that cannot be said by a range of lanes
     */
    boolean restrict(Cond.CompareInts comparison) {
        Optional<Linear> difference = linear.computeIfAbsent(
                comparison, c -> Linear.of(Affine.of(comparison.right()).plus(Affine.of(comparison.left()), -1)));
        if (difference.isEmpty()) {
            return false;
        }
        long step = difference.get().weight(machine.lane());
        long start = difference.get().at(machine.index()) + step * machine.firstLane();
        if (step == 0) {
            machine.narrow(machine.low(), comparison.relation().holds(0, start) ? machine.high() : machine.low());
            return true;
        }
        if (comparison.relation() == Cond.Relation.EQUAL || comparison.relation() == Cond.Relation.NOT_EQUAL) {
            return false;
        }
        // right - left must be 1 at least, or 0: step * i >= bound.
        long bound = (comparison.relation() == Cond.Relation.LESS ? 1 : 0) - start;
        if (step > 0) {
            long from = Math.ceilDiv(bound, step);
            machine.narrow(Math.clamp(from, machine.low(), machine.high()), machine.high());
        } else {
            long last = Math.floorDiv(-bound, -step);
            machine.narrow(machine.low(), Math.clamp(last + 1, machine.low(), machine.high()));
        }
        return true;
    }
}
