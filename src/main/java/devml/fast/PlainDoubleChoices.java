package devml.fast;

import devml.equation.Cond;

/** Choices in plain Java: by the bits of numbers, without jumps. */
final class PlainDoubleChoices implements DoubleChoices {
    @Override
    public void compare(Cond.Relation relation, double[] a, double[] b, int low, int high, boolean[] result) {
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
    public void compare(Cond.Relation relation, long[] a, long b, int low, int high, boolean[] result) {
        switch (relation) {
            case EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] == b;
                }
            }
            case NOT_EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] != b;
                }
            }
            case LESS -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] < b;
                }
            }
            case LESS_EQUAL -> {
                for (int i = low; i < high; i++) {
                    result[i] = a[i] <= b;
                }
            }
        }
    }

    @Override
    public void select(boolean[] mask, double[] yes, double[] no, double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = DoubleBits.choose(mask[i], yes[i], no[i]);
        }
    }

    @Override
    public void store(boolean[] mask, double[] r, int low, int high, double[] to, int at, boolean add) {
        for (int i = low; i < high; i++) {
            to[at + i] = DoubleBits.choose(mask[i], add ? to[at + i] + r[i] : r[i], to[at + i]);
        }
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
        double own = DoubleBits.of(place);
        for (int i = low; i < high; i++) {
            double b = best[i];
            double c = candidates[i];
            boolean isWorse = greatest ? c <= b : c >= b;
            boolean keeps = DoubleBits.integer(places[i]) >= 0
                    && (isWorse || Double.isNaN(b)); // a NaN is worse than none: the first stays
            boolean takes = !keeps && (mask == null || mask[i]);
            best[i] = DoubleBits.choose(takes, c, b);
            places[i] = DoubleBits.choose(takes, own, places[i]);
        }
    }
}
