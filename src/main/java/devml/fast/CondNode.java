package devml.fast;

import devml.equation.Cond;
import java.util.Arrays;

/** A part of an expression that holds or does not in each lane. */
sealed interface CondNode {

    /** Puts the answers into a register of truth values; all registers above are free. */
    void eval(StripMachine machine, int at);

    /** Whether the answer is the same in all lanes. */
    default boolean isUniform() {
        return false;
    }

    /** The answer where it is the same in all lanes. */
    default boolean alone(StripMachine machine) {
        throw new IllegalStateException("differs from lane to lane");
    }

    record Uniform(Cond source) implements CondNode {
        @Override
        public void eval(StripMachine machine, int at) {
            Arrays.fill(machine.booleans(at), machine.low(), machine.high(), alone(machine));
        }

        @Override
        public boolean isUniform() {
            return true;
        }

        @Override
        public boolean alone(StripMachine machine) {
            return machine.alone().holds(source);
        }
    }

    /**
     * Both, or either.
     *
     * @param fails whether working out the right side could fail; then it is worked out only where the left one does not
     *     decide
     */
    record Both(boolean and, CondNode left, CondNode right, boolean fails) implements CondNode {
        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            boolean[] result = machine.booleans(at);
            if (!fails) {
                right.eval(machine, at + 1);
                join(result, machine.booleans(at + 1), machine.low(), machine.high());
                return;
            }
            boolean[] before = machine.mask();
            if (machine.mask(and ? result : machine.not(result, at + 1), at + 2)) {
                right.eval(machine, at + 3);
                boolean[] other = machine.booleans(at + 3);
                boolean[] open = machine.mask();
                for (int i = machine.low(); i < machine.high(); i++) {
                    result[i] = open[i] ? other[i] : result[i];
                }
            }
            machine.restrict(machine.low(), machine.high(), before);
        }

        /** Without jumps. */
        private void join(boolean[] result, boolean[] other, int low, int high) {
            if (and) {
                for (int i = low; i < high; i++) {
                    result[i] &= other[i];
                }
            } else {
                for (int i = low; i < high; i++) {
                    result[i] |= other[i];
                }
            }
        }
    }

    record Not(CondNode operand) implements CondNode {
        @Override
        public void eval(StripMachine machine, int at) {
            operand.eval(machine, at);
            boolean[] result = machine.booleans(at);
            for (int i = machine.low(); i < machine.high(); i++) {
                result[i] = !result[i];
            }
        }
    }

    record CompareInts(Cond.Relation relation, IntNode left, IntNode right) implements CondNode {
        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            boolean[] result = machine.booleans(at);
            long[] a = machine.longs(at);
            if (right.isUniform()) {
                machine.lanes().compare(relation, a, right.alone(machine), machine.low(), machine.high(), result);
                return;
            }
            right.eval(machine, at + 1);
            long[] b = machine.longs(at + 1);
            for (int i = machine.low(); i < machine.high(); i++) {
                result[i] = relation.holds(a[i], b[i]);
            }
        }
    }

    record CompareReals(Cond.Relation relation, RealNode left, RealNode right) implements CondNode {
        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            right.eval(machine, at + 1);
            machine.lanes().compare(relation, at, at + 1, machine.low(), machine.high(), machine.booleans(at));
        }
    }
}
