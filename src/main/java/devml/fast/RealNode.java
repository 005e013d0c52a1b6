package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import java.util.Arrays;
import java.util.List;

/** A part of an expression that yields a real number in each lane. */
sealed interface RealNode {

    /** Puts the values into a register; those above are free. */
    void eval(StripMachine machine, int at);

    record Constant(double value) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            machine.lanes().fill(at, machine.low(), machine.high(), value);
        }
    }

    record FromInt(IntNode value) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            value.eval(machine, at);
            machine.lanes().integers(at, machine.low(), machine.high(), machine.longs(at));
        }
    }

    record Read(Address address) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            Lanes lanes = machine.lanes();
            int low = machine.low();
            int high = machine.high();
            if (address.isEven(machine)) {
                lanes.load(at, low, high, address.tensor(), address.base(machine), address.runs());
            } else {
                lanes.gather(at, low, high, address.tensor(), address.offsets(machine, at));
            }
        }
    }

    /**
     * An expression some parts of which stand in it more than once.
     *
     * @param parts are worked out first, in order; a part may be made of those before it
     */
    record Let(List<RealNode> parts, RealNode value) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            int before = machine.keep(at);
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).eval(machine, at + i);
            }
            value.eval(machine, at + parts.size());
            machine.lanes().copy(at + parts.size(), at, machine.low(), machine.high());
            machine.keep(before);
        }
    }

    /** A part that was worked out before. */
    record Kept(int number) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            machine.lanes().copy(machine.kept() + number, at, machine.low(), machine.high());
        }
    }

    /** What is the same in all lanes is worked out in one. */
    record Same(RealNode value) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            inOneLane(value, machine, at);
            machine.lanes().spread(at, at, machine.low(), machine.high());
        }

        private static void inOneLane(RealNode value, StripMachine machine, int at) {
            int low = machine.low();
            int high = machine.high();
            boolean[] mask = machine.mask();
            machine.restrict(0, 1, null);
            value.eval(machine, at);
            machine.restrict(low, high, mask);
        }
    }

    record Unary(Real.Function function, RealNode operand) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            operand.eval(machine, at);
            machine.lanes().apply(function, at, machine.low(), machine.high());
        }
    }

    record Binary(Real.Op op, RealNode left, RealNode right) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            right.eval(machine, at + 1);
            machine.lanes().apply(op, at, at + 1, machine.low(), machine.high());
        }
    }

    /** The same with a right operand that is the same in all lanes. */
    record BinarySame(Real.Op op, RealNode left, RealNode same) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            Same.inOneLane(same, machine, at + 1);
            machine.lanes().applySame(op, at, at + 1, machine.low(), machine.high());
        }
    }

    /** As the reference does it: from 1, factor by factor. */
    record Power(RealNode base, int exponent) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            Lanes lanes = machine.lanes();
            int low = machine.low();
            int high = machine.high();
            lanes.fill(at, low, high, 1);
            base.eval(machine, at + 1);
            for (int i = 0; i < Math.abs(exponent); i++) {
                lanes.apply(Real.Op.MULTIPLY, at, at + 1, low, high);
            }
            if (exponent < 0) {
                lanes.copy(at, at + 1, low, high);
                lanes.fill(at, low, high, 1);
                lanes.apply(Real.Op.DIVIDE, at, at + 1, low, high);
            }
        }
    }

    /**
     * One of two values.
     *
     * @param fails whether working out the value that is not taken could fail; then it is worked out where it is taken only
     */
    record Select(CondNode condition, RealNode yes, RealNode no, boolean fails) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            if (condition.isUniform()) {
                (condition.alone(machine) ? yes : no).eval(machine, at);
                return;
            }
            condition.eval(machine, at);
            boolean[] holds = machine.booleans(at);
            if (fails) {
                masked(machine, holds, yes, at + 1);
                masked(machine, machine.not(holds, at + 1), no, at + 2);
            } else {
                yes.eval(machine, at + 1);
                no.eval(machine, at + 2);
            }
            machine.lanes().select(holds, at + 1, at + 2, at, machine.low(), machine.high());
        }

        private static void masked(StripMachine machine, boolean[] condition, RealNode value, int at) {
            boolean[] before = machine.mask();
            if (machine.mask(condition, at + 2)) {
                value.eval(machine, at + 3); // the condition, its opposite and the mask lie below
                machine.lanes().copy(at + 3, at, machine.low(), machine.high());
            }
            machine.restrict(machine.low(), machine.high(), before);
        }
    }

    /**
     * A reduction while indices of the equation run in the lanes: each lane folds its own points.
     *
     * @param needsPoint whether it is an error if a lane has no point
     * @param exponential whether the values are first shifted by the register below, and their exponentials taken
     */
    record Reduce(Fold fold, Loops loops, Guards guards, RealNode body, boolean needsPoint, boolean exponential)
            implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            int low = machine.low();
            int high = machine.high();
            boolean[] mask = machine.mask();
            long[] index = machine.index();
            machine.lanes().fill(at, low, high, fold.neutral());
            boolean[] seen = machine.booleans(at);
            if (needsPoint) {
                Arrays.fill(seen, low, high, false);
            }
            for (boolean more = loops.first(index); more; more = loops.next(index)) {
                if (guards.admit(machine, at + 1)) {
                    body.eval(machine, at + 2);
                    if (exponential) {
                        machine.lanes().apply(Real.Op.SUBTRACT, at + 2, at - 1, machine.low(), machine.high());
                        machine.lanes().apply(Real.Function.EXP, at + 2, machine.low(), machine.high());
                    }
                    machine.join(fold, at, at + 2);
                    if (needsPoint) {
                        machine.mark(seen);
                    }
                }
                machine.restrict(low, high, mask);
            }
            if (needsPoint) {
                machine.require(seen);
            }
        }
    }

    /** As {@link Reduce}, while no index of the equation runs in the lanes: its own do, and become one number. */
    record ReduceLanes(
            Fold fold,
            LaneShape own,
            Loops loops,
            Guards guards,
            RealNode body,
            boolean needsPoint,
            boolean exponential)
            implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            Lanes lanes = machine.lanes();
            long[] index = machine.index();
            boolean[] mask = machine.mask();
            boolean seen = false;
            lanes.fill(at, 0, 1, fold.neutral());
            for (boolean more = loops.first(index); more; more = loops.next(index)) {
                for (int first = 0; machine.strip(own, first, own.extents().getFirst()); first += own.chunk()) {
                    if (guards.admit(machine, at + 1)) {
                        body.eval(machine, at + 2);
                        if (exponential) {
                            lanes.spread(at - 1, at + 3, machine.low(), machine.high());
                            lanes.apply(Real.Op.SUBTRACT, at + 2, at + 3, machine.low(), machine.high());
                            lanes.apply(Real.Function.EXP, at + 2, machine.low(), machine.high());
                        }
                        machine.joinLanes(fold, at, at + 2);
                        seen = true;
                    }
                }
            }
            machine.restrict(0, 1, mask);
            if (needsPoint && !seen) {
                throw new ArithmeticException(StripMachine.NO_POINTS);
            }
        }
    }

    /** The sum of exponentials shifted by the greatest value, as the reference has it; where that is infinite, it is the result. */
    record LogSumExp(RealNode greatest, RealNode sum) implements RealNode {
        @Override
        public void eval(StripMachine machine, int at) {
            Lanes lanes = machine.lanes();
            int low = machine.low();
            int high = machine.high();
            greatest.eval(machine, at);
            sum.eval(machine, at + 1);
            lanes.apply(Real.Function.LOG, at + 1, low, high);
            lanes.apply(Real.Op.ADD, at + 1, at, low, high);
            lanes.fill(at + 2, low, high, Double.POSITIVE_INFINITY);
            lanes.copy(at, at + 3, low, high);
            lanes.apply(Real.Function.ABS, at + 3, low, high);
            lanes.compare(Cond.Relation.NOT_EQUAL, at + 3, at + 2, low, high, machine.booleans(at));
            lanes.copyWhere(machine.booleans(at), at + 1, at, low, high);
        }
    }
}
