package devml.fast;

import java.util.List;

/**
 * Which lanes of a strip take part. A condition that is affine in the first index alone leaves a range of lanes; any other
 * is asked lane by lane.
 *
 * @param ranges forms that must not be negative
 * @param first the first index of the lanes, and the lanes for one value of it
 * @param inner the lanes for one value of it
 * @param conditions the others, in the order in which they are asked
 */
record Guards(List<Linear> ranges, int first, int inner, List<CondNode> conditions) {

    /**
     * Leaves only those lanes that take part; it is for the caller to let the others in again.
     *
     * @param at a register of truth values that is then the mask, if there is one
     * @return false if there are none
     */
    boolean admit(StripMachine machine, int at) {
        return (ranges.isEmpty() || narrow(machine)) && (conditions.isEmpty() || ask(machine, at));
    }

    private boolean narrow(StripMachine machine) {
        long low = machine.low();
        long high = machine.high();
        for (int i = 0; i < ranges.size(); i++) {
            // value + weight * v must not be negative, where v counts the values of the first index in the strip.
            long value = ranges.get(i).at(machine.index());
            long weight = ranges.get(i).weight(first);
            if (weight > 0) {
                low = Math.max(low, Math.ceilDiv(-value, weight) * inner);
            } else {
                high = Math.min(high, (Math.floorDiv(value, -weight) + 1) * inner);
            }
        }
        if (low >= high) {
            return false;
        }
        machine.restrict((int) low, (int) high, machine.mask());
        return true;
    }

    private boolean ask(StripMachine machine, int at) {
        for (int i = 0; i < conditions.size(); i++) {
            CondNode condition = conditions.get(i);
            if (condition.isUniform()) {
                if (!condition.alone(machine)) {
                    return false;
                }
            } else {
                condition.eval(machine, at + 1);
                if (!machine.mask(machine.booleans(at + 1), at)) {
                    return false;
                }
            }
        }
        return true;
    }
}
