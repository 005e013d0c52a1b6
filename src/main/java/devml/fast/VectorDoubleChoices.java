package devml.fast;

import devml.equation.Cond;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Choices by the Vector API; lanes that are left over go the plain way. */
final class VectorDoubleChoices implements DoubleChoices {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int VECTOR = SPECIES.length();

    private final DoubleChoices rest = new PlainDoubleChoices();

    @Override
    public void compare(Cond.Relation relation, double[] a, double[] b, int low, int high, boolean[] result) {
        int i = low;
        // The operators are constants in each loop: compilers make one instruction of nothing else.
        switch (relation) {
            case EQUAL -> {
                for (; i + VECTOR <= high; i += VECTOR) {
                    load(a, i).compare(VectorOperators.EQ, load(b, i)).intoArray(result, i);
                }
            }
            case NOT_EQUAL -> {
                for (; i + VECTOR <= high; i += VECTOR) {
                    load(a, i).compare(VectorOperators.NE, load(b, i)).intoArray(result, i);
                }
            }
            case LESS -> {
                for (; i + VECTOR <= high; i += VECTOR) {
                    load(a, i).compare(VectorOperators.LT, load(b, i)).intoArray(result, i);
                }
            }
            case LESS_EQUAL -> {
                for (; i + VECTOR <= high; i += VECTOR) {
                    load(a, i).compare(VectorOperators.LE, load(b, i)).intoArray(result, i);
                }
            }
        }
        rest.compare(relation, a, b, i, high, result);
    }

    private static DoubleVector load(double[] a, int i) {
        return DoubleVector.fromArray(SPECIES, a, i);
    }

    @Override
    public void compare(Cond.Relation relation, long[] a, long b, int low, int high, boolean[] result) {
        int i = low;
        switch (relation) {
            case EQUAL -> {
                for (; i + LONGS.length() <= high; i += LONGS.length()) {
                    LongVector.fromArray(LONGS, a, i)
                            .compare(VectorOperators.EQ, b)
                            .intoArray(result, i);
                }
            }
            case NOT_EQUAL -> {
                for (; i + LONGS.length() <= high; i += LONGS.length()) {
                    LongVector.fromArray(LONGS, a, i)
                            .compare(VectorOperators.NE, b)
                            .intoArray(result, i);
                }
            }
            case LESS -> {
                for (; i + LONGS.length() <= high; i += LONGS.length()) {
                    LongVector.fromArray(LONGS, a, i)
                            .compare(VectorOperators.LT, b)
                            .intoArray(result, i);
                }
            }
            case LESS_EQUAL -> {
                for (; i + LONGS.length() <= high; i += LONGS.length()) {
                    LongVector.fromArray(LONGS, a, i)
                            .compare(VectorOperators.LE, b)
                            .intoArray(result, i);
                }
            }
        }
        rest.compare(relation, a, b, i, high, result);
    }

    @Override
    public void select(boolean[] mask, double[] yes, double[] no, double[] r, int low, int high) {
        int i = low;
        for (; i + VECTOR <= high; i += VECTOR) {
            VectorMask<Double> holds = VectorMask.fromArray(SPECIES, mask, i);
            load(no, i).blend(load(yes, i), holds).intoArray(r, i);
        }
        rest.select(mask, yes, no, r, i, high);
    }

    @Override
    public void store(boolean[] mask, double[] r, int low, int high, double[] to, int at, boolean add) {
        int i = low;
        for (; i + VECTOR <= high; i += VECTOR) {
            VectorMask<Double> holds = VectorMask.fromArray(SPECIES, mask, i);
            DoubleVector old = load(to, at + i);
            DoubleVector own = load(r, i);
            old.blend(add ? old.add(own) : own, holds).intoArray(to, at + i);
        }
        rest.store(mask, r, i, high, to, at, add);
    }

    @Override
    public void best(
            boolean greatest,
            double[] best,
            double[] candidates,
            double[] places,
            int place,
            boolean[] mask,
            int low,
            int high) {
        DoubleVector own = DoubleVector.broadcast(SPECIES, DoubleBits.of(place));
        int i = low;
        for (; i + VECTOR <= high; i += VECTOR) {
            DoubleVector b = load(best, i);
            DoubleVector c = load(candidates, i);
            DoubleVector p = load(places, i);
            VectorMask<Double> keeps = greatest ? c.compare(VectorOperators.LE, b) : c.compare(VectorOperators.GE, b);
            VectorMask<Double> none = p.test(VectorOperators.IS_NEGATIVE);
            VectorMask<Double> takes =
                    keeps.or(b.compare(VectorOperators.NE, b)).not().or(none);
            VectorMask<Double> holds = mask == null ? takes : takes.and(VectorMask.fromArray(SPECIES, mask, i));
            b.blend(c, holds).intoArray(best, i);
            p.blend(own, holds).intoArray(places, i);
        }
        rest.best(greatest, best, candidates, places, place, mask, i, high);
    }
}
