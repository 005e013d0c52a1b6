package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import devml.fast.elementary.DoubleElementary;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Strips of float64. */
final class DoubleLanes implements Lanes {
    private final double[][] tensors;
    private final ArrayPool<double[]> free = new ArrayPool<>();
    private final Registers<double[]> registers = new Registers<>(() -> new double[WIDTH]);
    private final Kernels kernels;
    private final Registers<DoubleScratch> scratch;
    private final DoubleElementary elementary = new DoubleElementary();
    private final DoubleChoices choices;

    DoubleLanes(int tensors, Kernels kernels) {
        this(new double[tensors][], kernels);
    }

    private DoubleLanes(double[][] tensors, Kernels kernels) {
        this.tensors = tensors;
        this.kernels = kernels;
        this.choices = kernels.doubleChoices();
        this.scratch = new Registers<>(() -> new DoubleScratch(kernels.doubleTiles()));
    }

    @Override
    public Lanes fork() {
        return new DoubleLanes(tensors, kernels);
    }

    @Override
    public Product product(Contraction contraction) {
        Packing packing = Packing.of(contraction, scratch.get(0).tiles.lanes());
        return new Product(
                packing, worker -> new DoubleContraction(contraction, packing, tensors, scratch.get(worker)));
    }

    @Override
    public void allocate(int tensor, int size, boolean zero) {
        if (tensors[tensor] == null || tensors[tensor].length != size) {
            Optional<double[]> used = free.take(size);
            if (used.isEmpty()) {
                tensors[tensor] = new double[size];
                return;
            }
            tensors[tensor] = used.get();
        }
        if (zero) {
            Arrays.fill(tensors[tensor], 0);
        }
    }

    @Override
    public void release(List<Integer> names) {
        double[] array = tensors[names.getFirst()];
        free.give(array.length, array);
        names.forEach(name -> tensors[name] = null);
    }

    @Override
    public void share(int tensor, int existing) {
        tensors[tensor] = tensors[existing];
    }

    @Override
    public void put(int tensor, Tensor values) {
        tensors[tensor] = values.toDoubles().values();
    }

    @Override
    public Tensor view(int tensor, Shape shape) {
        return new Tensor.Doubles(shape, tensors[tensor]);
    }

    @Override
    public void load(int at, int low, int high, int tensor, int base, LaneRuns runs) {
        double[] r = registers.get(at);
        double[] t = tensors[tensor];
        int step = runs.step();
        for (int i = low; i < high; ) {
            int end = Math.min(high, (i / runs.length() + 1) * runs.length());
            int offset = base + runs.offset(i);
            if (step == 1) {
                System.arraycopy(t, offset, r, i, end - i);
            } else if (step == 0) {
                Arrays.fill(r, i, end, t[offset]);
            } else {
                for (int j = i; j < end; j++, offset += step) {
                    r[j] = t[offset];
                }
            }
            i = end;
        }
    }

    @Override
    public void gather(int at, int low, int high, int tensor, int[] offsets) {
        double[] r = registers.get(at);
        double[] t = tensors[tensor];
        for (int i = low; i < high; i++) {
            if (offsets[i] >= 0) {
                r[i] = t[offsets[i]];
            }
        }
    }

    @Override
    public void store(int at, int low, int high, int tensor, int base, LaneRuns runs, boolean add, boolean[] mask) {
        double[] r = registers.get(at);
        double[] t = tensors[tensor];
        int step = runs.step();
        for (int i = low; i < high; ) {
            int end = Math.min(high, (i / runs.length() + 1) * runs.length());
            int offset = base + runs.offset(i);
            if (mask != null && step == 1) {
                choices.store(mask, r, i, end, t, offset - i, add);
            } else if (mask != null) {
                for (int j = i; j < end; j++, offset += step) {
                    if (mask[j]) {
                        t[offset] = add ? t[offset] + r[j] : r[j];
                    }
                }
            } else if (step == 1 && !add) {
                System.arraycopy(r, i, t, offset, end - i);
            } else if (step == 1) {
                DoubleArithmetic.add(t, offset, r, i, end);
            } else {
                for (int j = i; j < end; j++, offset += step) {
                    t[offset] = add ? t[offset] + r[j] : r[j];
                }
            }
            i = end;
        }
    }

    @Override
    public void scatter(int at, int low, int high, int tensor, int[] offsets, boolean add) {
        double[] r = registers.get(at);
        double[] t = tensors[tensor];
        for (int i = low; i < high; i++) {
            if (offsets[i] >= 0) {
                t[offsets[i]] = add ? t[offsets[i]] + r[i] : r[i];
            }
        }
    }

    @Override
    public void fill(int at, int low, int high, /* both */ double value) {
        Arrays.fill(registers.get(at), low, high, DoubleBits.rounded(value));
    }

    @Override
    public void integers(int at, int low, int high, long[] values) {
        double[] r = registers.get(at);
        for (int i = low; i < high; i++) {
            r[i] = values[i];
        }
    }

    @Override
    public void spread(int from, int at, int low, int high) {
        Arrays.fill(registers.get(at), low, high, registers.get(from)[0]);
    }

    @Override
    public void copy(int from, int at, int low, int high) {
        System.arraycopy(registers.get(from), low, registers.get(at), low, high - low);
    }

    @Override
    public void select(boolean[] mask, int yes, int no, int at, int low, int high) {
        choices.select(mask, registers.get(yes), registers.get(no), registers.get(at), low, high);
    }

    @Override
    public void copyWhere(boolean[] mask, int from, int at, int low, int high) {
        select(mask, from, at, at, low, high);
    }

    @Override
    public void apply(Real.Function function, int at, int low, int high) {
        elementary.apply(function, registers.get(at), low, high);
    }

    @Override
    public void apply(Real.Op op, int at, int right, int low, int high) {
        DoubleArithmetic.apply(op, registers.get(at), registers.get(right), low, high, elementary);
    }

    @Override
    public void applySame(Real.Op op, int at, int right, int low, int high) {
        DoubleArithmetic.applySame(op, registers.get(at), registers.get(right), low, high, elementary);
    }

    @Override
    public void compare(Cond.Relation relation, int left, int right, int low, int high, boolean[] result) {
        choices.compare(relation, registers.get(left), registers.get(right), low, high, result);
    }

    @Override
    public void compare(Cond.Relation relation, long[] left, long right, int low, int high, boolean[] result) {
        choices.compare(relation, left, right, low, high, result);
    }

    @Override
    public void clearPlaces(int at, int low, int high) {
        Arrays.fill(registers.get(at), low, high, DoubleBits.of(-1));
    }

    @Override
    public void best(
            boolean greatest, int best, int candidate, int places, int place, int low, int high, boolean[] mask) {
        choices.best(
                greatest, registers.get(best), registers.get(candidate), registers.get(places), place, mask, low, high);
    }

    @Override
    public void places(int at, int low, int high, long[] result) {
        double[] r = registers.get(at);
        for (int i = low; i < high; i++) {
            result[i] = DoubleBits.integer(r[i]);
        }
    }

    /** Sums in eight interleaved rows, which hide the latency of an addition; the others in order. */
    @Override
    public void fold(Real.Op op, int at, int low, int high) {
        double[] r = registers.get(at);
        int rest = low;
        double result = r[low];
        if (op == Real.Op.ADD && high - low >= 16) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            double s4 = 0;
            double s5 = 0;
            double s6 = 0;
            double s7 = 0;
            for (; rest + 7 < high; rest += 8) {
                s0 += r[rest];
                s1 += r[rest + 1];
                s2 += r[rest + 2];
                s3 += r[rest + 3];
                s4 += r[rest + 4];
                s5 += r[rest + 5];
                s6 += r[rest + 6];
                s7 += r[rest + 7];
            }
            result = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        } else {
            rest++;
        }
        for (; rest < high; rest++) {
            result = switch (op) {
                case ADD -> result + r[rest];
                case MULTIPLY -> result * r[rest];
                case MIN -> Math.min(result, r[rest]);
                case MAX -> Math.max(result, r[rest]);
                case SUBTRACT, DIVIDE, FLOOR_DIVIDE, POWER -> throw new IllegalArgumentException("no fold: " + op);
            };
        }
        r[0] = result;
    }
}
