package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import devml.fast.elementary.DoubleElementary;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;

/** Strips of float64. */
final class DoubleLanes implements Lanes {
    private final double[][] tensors;
    private final Registers<double[]> registers = new Registers<>(() -> new double[WIDTH]);
    private final Kernels kernels;
    private final Registers<DoubleScratch> scratch;
    private final DoubleElementary elementary = new DoubleElementary();

    DoubleLanes(int tensors, Kernels kernels) {
        this(new double[tensors][], kernels);
    }

    private DoubleLanes(double[][] tensors, Kernels kernels) {
        this.tensors = tensors;
        this.kernels = kernels;
        this.scratch = new Registers<>(() -> new DoubleScratch(kernels.doubleTiles()));
    }

    @Override
    public Lanes fork() {
        return new DoubleLanes(tensors, kernels);
    }

    @Override
    public Product product(Contraction contraction) {
        Packing packing = new Packing(contraction, scratch.get(0).tiles.lanes());
        return new Product(
                packing, worker -> new DoubleContraction(contraction, packing, tensors, scratch.get(worker)));
    }

    @Override
    public void allocate(int tensor, int size, boolean zero) {
        if (tensors[tensor] == null || tensors[tensor].length != size) {
            tensors[tensor] = new double[size];
        } else if (zero) {
            Arrays.fill(tensors[tensor], 0);
        }
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
    public Tensor get(int tensor, Shape shape) {
        return new Tensor.Doubles(shape, tensors[tensor].clone());
    }

    @Override
    public void load(int at, int low, int high, int tensor, int base, Runs runs) {
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
    public void store(int at, int low, int high, int tensor, int base, Runs runs, boolean add, boolean[] mask) {
        double[] r = registers.get(at);
        double[] t = tensors[tensor];
        int step = runs.step();
        for (int i = low; i < high; ) {
            int end = Math.min(high, (i / runs.length() + 1) * runs.length());
            int offset = base + runs.offset(i);
            if (mask != null) {
                storeWhere(mask, r, i, end, t, offset, step, add);
            } else if (step == 1 && !add) {
                System.arraycopy(r, i, t, offset, end - i);
            } else {
                for (int j = i; j < end; j++, offset += step) {
                    t[offset] = add ? t[offset] + r[j] : r[j];
                }
            }
            i = end;
        }
    }

    private static void storeWhere(
            boolean[] mask, double[] r, int low, int high, double[] t, int base, int step, boolean add) {
        int offset = base;
        for (int i = low; i < high; i++, offset += step) {
            t[offset] = choose(mask[i], add ? t[offset] + r[i] : r[i], t[offset]);
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
    public void fill(int at, int low, int high, double value) {
        Arrays.fill(registers.get(at), low, high, value);
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
        double[] r = registers.get(at);
        double[] a = registers.get(yes);
        double[] b = registers.get(no);
        for (int i = low; i < high; i++) {
            r[i] = choose(mask[i], a[i], b[i]);
        }
    }

    @Override
    public void copyWhere(boolean[] mask, int from, int at, int low, int high) {
        select(mask, from, at, at, low, high);
    }

    /** One of two numbers without a jump, which a processor would guess wrongly as often as not. */
    private static double choose(boolean first, double a, double b) {
        long all = -(first ? 1L : 0L);
        long other = Double.doubleToRawLongBits(b);
        return Double.longBitsToDouble(other ^ ((Double.doubleToRawLongBits(a) ^ other) & all));
    }

    @Override
    public void apply(Real.Function function, int at, int low, int high) {
        elementary.apply(function, registers.get(at), low, high);
    }

    @Override
    public void apply(Real.Op op, int at, int right, int low, int high) {
        double[] a = registers.get(at);
        double[] b = registers.get(right);
        switch (op) {
            case ADD -> {
                for (int i = low; i < high; i++) {
                    a[i] += b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = low; i < high; i++) {
                    a[i] -= b[i];
                }
            }
            case MULTIPLY -> {
                for (int i = low; i < high; i++) {
                    a[i] *= b[i];
                }
            }
            case DIVIDE -> {
                for (int i = low; i < high; i++) {
                    a[i] /= b[i];
                }
            }
            case MIN -> {
                for (int i = low; i < high; i++) {
                    a[i] = Math.min(a[i], b[i]);
                }
            }
            case MAX -> {
                for (int i = low; i < high; i++) {
                    a[i] = Math.max(a[i], b[i]);
                }
            }
            case POWER -> elementary.power(a, b, low, high);
        }
    }

    @Override
    public void compare(Cond.Relation relation, int left, int right, int low, int high, boolean[] result) {
        double[] a = registers.get(left);
        double[] b = registers.get(right);
        switch (relation) {
            case EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] == b[i];
                }
            }
            case NOT_EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] != b[i];
                }
            }
            case LESS -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] < b[i];
                }
            }
            case LESS_EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] <= b[i];
                }
            }
        }
    }

    @Override
    public void best(
            boolean greatest, int best, int candidate, long[] places, long place, int low, int high, boolean[] mask) {
        double[] b = registers.get(best);
        double[] c = registers.get(candidate);
        for (int i = low; i < high; i++) {
            boolean isWorse = greatest ? c[i] <= b[i] : c[i] >= b[i];
            boolean keeps =
                    places[i] >= 0 && (isWorse || Double.isNaN(b[i])); // a NaN is worse than none: the first stays
            boolean takes = !keeps && (mask == null || mask[i]);
            b[i] = choose(takes, c[i], b[i]);
            long all = -(takes ? 1L : 0L);
            places[i] ^= (places[i] ^ place) & all;
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
                case SUBTRACT, DIVIDE, POWER -> throw new IllegalArgumentException("no fold: " + op);
            };
        }
        r[0] = result;
    }
}
