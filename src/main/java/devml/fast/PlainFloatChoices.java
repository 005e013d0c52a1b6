package devml.fast;

import devml.equation.Cond;

/** Choices in plain Java: by the bits of numbers, without jumps. */
final class PlainFloatChoices implements FloatChoices {

    /** One of two numbers. */
    private static float choose(boolean first, float a, float b) {
        int all = -(first ? 1 : 0);
        int other = Float.floatToRawIntBits(b);
        return Float.intBitsToFloat(other ^ ((Float.floatToRawIntBits(a) ^ other) & all));
    }

    @Override
    public void compare(Cond.Relation relation, float[] a, float[] b, int low, int high, boolean[] result) {
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
    public void select(boolean[] mask, float[] yes, float[] no, float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = choose(mask[i], yes[i], no[i]);
        }
    }

    @Override
    public void store(boolean[] mask, float[] r, int low, int high, float[] to, int at, boolean add) {
        for (int i = low; i < high; i++) {
            to[at + i] = choose(mask[i], add ? to[at + i] + r[i] : r[i], to[at + i]);
        }
    }

    @Override
    public void best(
            boolean greatest,
            float[] best,
            float[] candidates,
            float[] places,
            int place,
            boolean[] mask,
            int low,
            int high) {
        float own = Float.intBitsToFloat(place);
        for (int i = low; i < high; i++) {
            float b = best[i];
            float c = candidates[i];
            boolean isWorse = greatest ? c <= b : c >= b;
            boolean keeps = Float.floatToRawIntBits(places[i]) >= 0
                    && (isWorse || Float.isNaN(b)); // a NaN is worse than none: the first stays
            boolean takes = !keeps && (mask == null || mask[i]);
            best[i] = choose(takes, c, b);
            places[i] = choose(takes, own, places[i]);
        }
    }
}
