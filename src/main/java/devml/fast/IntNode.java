package devml.fast;

import devml.equation.Int;
import devml.equation.Integers;
import java.util.Arrays;

/** A part of an expression that yields an integer in each lane. */
sealed interface IntNode {

    /** Puts the values into a register; those above are free. */
    void eval(StripMachine machine, int at);

    /** Whether all lanes have the same value. */
    boolean isUniform();

    /** The value in lane 0. */
    default long alone(StripMachine machine) {
        return machine.alone().integer(source());
    }

    /** The expression that this comes from. */
    Int source();

    /** Affine in the indices. */
    record Affine(Int source, Linear form, int[] table, boolean isUniform) implements IntNode {
        @Override
        public void eval(StripMachine machine, int at) {
            long[] values = machine.longs(at);
            long base = form.at(machine.index());
            for (int i = machine.low(); i < machine.high(); i++) {
                values[i] = base + table[i];
            }
        }

        @Override
        public long alone(StripMachine machine) {
            return form.at(machine.index());
        }
    }

    /** The same in all lanes. */
    record Uniform(Int source) implements IntNode {
        @Override
        public boolean isUniform() {
            return true;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            Arrays.fill(machine.longs(at), machine.low(), machine.high(), alone(machine));
        }
    }

    record Binary(Int source, Int.Op op, IntNode left, IntNode right) implements IntNode {
        @Override
        public boolean isUniform() {
            return false;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            left.eval(machine, at);
            right.eval(machine, at + 1);
            long[] values = machine.longs(at);
            long[] others = machine.longs(at + 1);
            for (int i = machine.low(); i < machine.high(); i++) {
                values[i] = machine.takesPart(i) ? Integers.apply(op, values[i], others[i]) : 0;
            }
        }
    }

    record Read(Int source, Address address) implements IntNode {
        @Override
        public boolean isUniform() {
            return false;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            if (!address.isEven(machine)) {
                int[] offsets = address.offsets(machine, at);
                long[] values = machine.longs(at);
                long[] tensor = machine.integers(address.tensor());
                for (int i = machine.low(); i < machine.high(); i++) {
                    values[i] = offsets[i] < 0 ? 0 : tensor[offsets[i]];
                }
                return;
            }
            long[] values = machine.longs(at);
            long[] tensor = machine.integers(address.tensor());
            int base = address.base(machine);
            LaneRuns runs = address.runs();
            for (int i = machine.low(); i < machine.high(); ) {
                int end = Math.min(machine.high(), (i / runs.length() + 1) * runs.length());
                int offset = base + runs.offset(i);
                for (; i < end; i++, offset += runs.step()) {
                    values[i] = tensor[offset];
                }
            }
        }
    }

    /** The place of the first greatest (or least) value; see {@link Int.ArgReduce}. */
    record ArgReduce(Int source, boolean greatest, Loops loops, Guards guards, Linear place, RealNode body)
            implements IntNode {
        @Override
        public boolean isUniform() {
            return false;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            int low = machine.low();
            int high = machine.high();
            boolean[] mask = machine.mask();
            long[] index = machine.index();
            Lanes lanes = machine.lanes();
            lanes.clearPlaces(at + 1, low, high);
            for (boolean more = loops.first(index); more; more = loops.next(index)) {
                if (guards.admit(machine, at + 1)) {
                    body.eval(machine, at + 2);
                    int here = Math.toIntExact(place.at(index));
                    lanes.best(greatest, at, at + 2, at + 1, here, machine.low(), machine.high(), machine.mask());
                }
                machine.restrict(low, high, mask);
            }
            long[] places = machine.longs(at);
            lanes.places(at + 1, low, high, places);
            for (int i = machine.low(); i < machine.high(); i++) {
                if (places[i] < 0 && machine.takesPart(i)) {
                    throw new ArithmeticException("argmax or argmin over no points");
                }
            }
        }
    }

    /** The number of points at which a condition holds. */
    record Count(Int source, Loops loops, Guards guards) implements IntNode {
        @Override
        public boolean isUniform() {
            return false;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            int low = machine.low();
            int high = machine.high();
            boolean[] mask = machine.mask();
            long[] counts = machine.longs(at);
            Arrays.fill(counts, low, high, 0);
            for (boolean more = loops.first(machine.index()); more; more = loops.next(machine.index())) {
                if (guards.admit(machine, at + 1)) {
                    for (int i = machine.low(); i < machine.high(); i++) {
                        counts[i] += machine.takesPart(i) ? 1 : 0;
                    }
                }
                machine.restrict(low, high, mask);
            }
        }
    }

    /** Whatever it is, lane by lane. */
    record EachLane(Int source, LaneShape shape) implements IntNode {
        @Override
        public boolean isUniform() {
            return false;
        }

        @Override
        public void eval(StripMachine machine, int at) {
            long[] values = machine.longs(at);
            machine.forEachLane(shape, i -> values[i] = alone(machine));
        }
    }
}
