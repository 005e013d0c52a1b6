package devml.fast;

import devml.equation.Int;
import devml.equation.View;
import java.util.List;

/**
 * Where the elements lie that the lanes of a strip read or write.
 *
 * @param access in the equation, for messages
 * @param form the offset, as far as it is affine in the indices
 * @param runs what the lanes add to it
 * @param rest the subscripts that are not, each with how far apart elements lie in its dimension
 * @param mayLeave whether lanes that take no part could lie outside
 */
record Address(Access access, Linear form, LaneRuns runs, List<Searched> rest, boolean mayLeave) {

    /** A subscript that is worked out and checked when the equation runs. */
    record Searched(IntNode value, int extent, int stride) {}

    int tensor() {
        return access.view().tensor();
    }

    /** Whether the lanes from the first to the last that takes part lie in runs, none of them outside. */
    boolean isEven(StripMachine machine) {
        if (mayLeave && machine.mask() != null) {
            return false;
        }
        for (int i = 0; i < rest.size(); i++) {
            if (!rest.get(i).value.isUniform()) {
                return false;
            }
        }
        return true;
    }

    /** The offset of lane 0, where only that must be searched for. */
    int base(StripMachine machine) {
        long base = form.at(machine.index());
        for (int i = 0; i < rest.size(); i++) {
            Searched searched = rest.get(i);
            base += searched.stride * checked(searched, searched.value.alone(machine));
        }
        return (int) base;
    }

    /** The offset of each lane that takes part; -1 for the others. */
    int[] offsets(StripMachine machine, int at) {
        for (int k = 0; k < rest.size(); k++) {
            rest.get(k).value.eval(machine, at + k);
        }
        int[] offsets = machine.offsets();
        int base = (int) form.at(machine.index());
        for (int i = machine.low(); i < machine.high(); i++) {
            offsets[i] = machine.takesPart(i) ? base + runs.offset(i) : -1;
        }
        for (int k = 0; k < rest.size(); k++) {
            Searched searched = rest.get(k);
            long[] values = machine.longs(at + k);
            for (int i = machine.low(); i < machine.high(); i++) {
                if (machine.takesPart(i)) {
                    offsets[i] += (int) (searched.stride * checked(searched, values[i]));
                }
            }
        }
        return offsets;
    }

    private long checked(Searched searched, long value) {
        if (value < 0 || value >= searched.extent) {
            View view = access.view();
            throw new ArithmeticException("%s%s lies outside of its extents %s"
                    .formatted(view.name(), subscripts(searched, value), view.extents()));
        }
        return value;
    }

    /** What the subscripts are, as far as that can be said: the one that is wrong surely. */
    private List<String> subscripts(Searched wrong, long value) {
        return access.subscripts().stream()
                .map(subscript -> subscript.equals(wrong.value.source())
                        ? Long.toString(value)
                        : subscript instanceof Int.Constant(long constant) ? Long.toString(constant) : "_")
                .toList();
    }
}
