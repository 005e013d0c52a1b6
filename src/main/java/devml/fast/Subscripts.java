package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the elements lie that a strip reads and writes. An affine subscript makes a strip a base and a step. */
final class Subscripts {
    private final StripIntegers integers;
    private final Strip strip;
    private final Lanes lanes;
    private final IdentityHashMap<Object, Optional<Linear>> linear = new IdentityHashMap<>();
    private final Map<Integer, IdentityHashMap<Value, Boolean>> uses = new HashMap<>();
    private final int[] offsets = new int[Lanes.WIDTH];

    Subscripts(StripIntegers integers, Strip strip, Lanes lanes) {
        this.integers = integers;
        this.strip = strip;
        this.lanes = lanes;
    }

    /** Whether the value of an expression may differ from lane to lane. */
    boolean usesLane(Value value) {
        int lane = strip.lane();
        return uses.computeIfAbsent(lane, _ -> new IdentityHashMap<>()).computeIfAbsent(value, v -> {
            boolean[] found = {false};
            Uses.indices(v, slot -> found[0] |= slot == lane);
            return found[0];
        });
    }

    private Optional<Linear> linear(View view, List<Int> subscripts) {
        return linear.computeIfAbsent(subscripts, _ -> Linear.of(view, subscripts));
    }

    void load(Real.Read read, int at) {
        int tensor = read.view().tensor();
        Optional<Linear> affine = linear(read.view(), read.subscripts());
        if (affine.isPresent() && isInside(affine.get(), read.view())) {
            lanes.load(at, strip.low(), strip.high(), tensor, base(affine.get()), step(affine.get()));
        } else {
            findEach(read.view(), read.subscripts());
            lanes.gather(at, strip.low(), strip.high(), tensor, offsets);
        }
    }

    /** Whether all lanes lie in the tensor; those that do not take part may lie anywhere. */
    private boolean isInside(Linear affine, View view) {
        if (!strip.hasMask()) {
            return true;
        }
        long first = start(affine) + (long) step(affine) * strip.low();
        long last = start(affine) + (long) step(affine) * (strip.high() - 1);
        return Math.min(first, last) >= 0 && Math.max(first, last) < view.size();
    }

    /** Writes the strip in a register to the target of an equation. */
    void store(Assignment equation, int at) {
        int tensor = equation.target().tensor();
        boolean adds = equation.accumulates();
        Optional<Linear> affine = linear(equation.target(), equation.subscripts());
        if (affine.isPresent() && !strip.hasMask()) {
            lanes.store(at, strip.low(), strip.high(), tensor, base(affine.get()), step(affine.get()), adds);
        } else {
            findEach(equation.target(), equation.subscripts());
            lanes.scatter(at, strip.low(), strip.high(), tensor, offsets, adds);
        }
    }

    /** Writes integers to the target of an equation. */
    void store(Assignment equation, Int value) {
        long[] values = integers.values(value);
        long[] tensor = integers.tensor(equation.target().tensor());
        findEach(equation.target(), equation.subscripts());
        for (int i = strip.low(); i < strip.high(); i++) {
            if (offsets[i] >= 0) {
                tensor[offsets[i]] = values[i] + (equation.accumulates() ? tensor[offsets[i]] : 0);
            }
        }
    }

    /** The value of an affine integer in lane 0. */
    private long start(Linear affine) {
        long start = affine.at(integers.index());
        return strip.hasLane() ? start + affine.weight(strip.lane()) * strip.first() : start;
    }

    private int base(Linear affine) {
        return Math.toIntExact(start(affine));
    }

    private int step(Linear affine) {
        return strip.hasLane() ? Math.toIntExact(affine.weight(strip.lane())) : 0;
    }

    /** The offset of each lane; -1 for those that do not take part. */
    private void findEach(View view, List<Int> subscripts) {
        Arrays.fill(offsets, strip.low(), strip.high(), -1);
        Optional<Linear> affine = linear(view, subscripts);
        if (affine.isPresent()) {
            int base = base(affine.get());
            int step = step(affine.get());
            for (int i = strip.low(); i < strip.high(); i++) {
                offsets[i] = strip.takesPart(i) ? base + i * step : -1;
            }
        } else if (strip.hasLane()) {
            strip.forEachLane(i -> offsets[i] = element(view, subscripts));
        } else {
            offsets[0] = element(view, subscripts);
        }
    }

    /** The offset of one element. */
    int element(View view, List<Int> subscripts) {
        int offset = integers.offset(view, subscripts);
        if (offset < 0) {
            throw new ArithmeticException("%s%s lies outside of its extents %s"
                    .formatted(
                            view.name(),
                            subscripts.stream().map(integers::integer).toList(),
                            view.extents()));
        }
        return offset;
    }

    private Optional<Linear> difference(Cond.CompareInts comparison) {
        return linear.computeIfAbsent(
                comparison, _ -> Linear.of(Affine.of(comparison.right()).plus(Affine.of(comparison.left()), -1)));
    }

    /** Whether the lanes in which a comparison holds are a range. */
    boolean isRange(Cond.CompareInts comparison) {
        return switch (comparison.relation()) {
            case LESS, LESS_EQUAL -> difference(comparison).isPresent();
            case EQUAL, NOT_EQUAL -> false;
        };
    }

    /**
     * Narrows the strip to the range of lanes in which a comparison holds.
     *
     * @return false if it is empty
     */
    boolean restrict(Cond.CompareInts comparison) {
        Linear difference = difference(comparison).orElseThrow();
        long step = difference.weight(strip.lane());
        // right - left must be 1 at least, or 0: step * i >= bound.
        long bound = (comparison.relation() == Cond.Relation.LESS ? 1 : 0) - start(difference);
        if (step == 0) {
            return bound <= 0 || strip.narrow(strip.low(), strip.low());
        }
        if (step > 0) {
            return strip.narrow(Math.clamp(Math.ceilDiv(bound, step), strip.low(), strip.high()), strip.high());
        }
        long last = Math.floorDiv(-bound, -step);
        return strip.narrow(strip.low(), Math.clamp(last + 1, strip.low(), strip.high()));
    }
}
