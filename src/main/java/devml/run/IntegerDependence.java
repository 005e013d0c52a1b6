package devml.run;

import devml.equation.Int;
import java.util.Optional;

/**
 * How an integer depends on the samples.
 *
 * @param step how much more it is for each next sample
 */
record IntegerDependence(Dependence dependence, long step) {
    static final IntegerDependence OTHER = new IntegerDependence(Dependence.OTHER, 0);

    /** As a number, the place of a sample among all would be another one in a batch. */
    Dependence number() {
        return step == 0 ? dependence : Dependence.OTHER;
    }

    /** What an operation makes of two integers, whose expressions tell whether they are constants. */
    static IntegerDependence of(Int.Op op, IntegerDependence l, IntegerDependence r, Int left, Int right) {
        if (!l.dependence.isOfOne() || !r.dependence.isOfOne()) {
            Dependence both = switch (op) {
                case ADD, SUBTRACT -> l.dependence.plus(r.dependence);
                case MULTIPLY -> l.dependence.times(r.dependence);
                case FLOOR_DIVIDE, MODULO, MIN, MAX -> Dependence.OTHER;
            };
            return l.step == 0 && r.step == 0 ? new IntegerDependence(both, 0) : OTHER;
        }
        Optional<Long> step = switch (op) {
            case ADD -> Optional.of(l.step + r.step);
            case SUBTRACT -> Optional.of(l.step - r.step);
            case MULTIPLY -> multiplied(l.step, r.step, left, right);
            case FLOOR_DIVIDE -> divided(l.step, r.step, right);
            case MODULO -> divided(l.step, r.step, right).map(_ -> 0L);
            case MIN, MAX -> Optional.of(l.step).filter(both -> both == r.step);
        };
        return step.map(s -> new IntegerDependence(l.dependence.plus(r.dependence), s))
                .orElse(OTHER);
    }

    private static Optional<Long> multiplied(long l, long r, Int left, Int right) {
        if (l == 0 && r == 0) {
            return Optional.of(0L);
        }
        if (right instanceof Int.Constant(long factor)) {
            return Optional.of(l * factor);
        }
        return left instanceof Int.Constant(long factor) ? Optional.of(r * factor) : Optional.empty();
    }

    private static Optional<Long> divided(long l, long r, Int right) {
        if (l == 0 && r == 0) {
            return Optional.of(0L);
        }
        return right instanceof Int.Constant(long divisor) && divisor > 0 && l % divisor == 0
                ? Optional.of(l / divisor)
                : Optional.empty();
    }
}
