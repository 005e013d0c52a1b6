package devml.run;

/** How a value of all samples comes about: out of those of any batches, or not at all. */
enum Dependence {
    /** The same whatever the samples are. */
    SHARED,
    /** A shared number times the number of samples. */
    COUNT,
    /** Of each sample by itself. */
    ROW,
    /** The values of all batches add up to it. */
    SUM,
    /** It is the mean of the values of all batches, each counted by its share of the samples. */
    MEAN,
    OTHER;

    /** Of a constant, by what it is for either number of samples. */
    static Dependence of(double few, double more, Samples samples) {
        if (Double.compare(few, more) == 0) {
            return SHARED;
        }
        return few * samples.more() == more * samples.few() ? COUNT : OTHER;
    }

    /** Whether one sample alone decides, or none. */
    boolean isOfOne() {
        return this == SHARED || this == ROW;
    }

    /** Of a sum or difference; of any function of two values that are each of one sample. */
    Dependence plus(Dependence other) {
        if (this == other) {
            return this;
        }
        if (isOfOne() && other.isOfOne()) {
            return ROW;
        }
        if (is(SUM, COUNT, other)) {
            return SUM;
        }
        return is(MEAN, SHARED, other) ? MEAN : OTHER;
    }

    private boolean is(Dependence a, Dependence b, Dependence other) {
        return (this == a && other == b) || (this == b && other == a);
    }

    Dependence times(Dependence other) {
        if (this == SHARED || other == SHARED) {
            return this == SHARED ? other : this;
        }
        return this == ROW && other == ROW ? ROW : OTHER;
    }

    Dependence over(Dependence divisor) {
        return switch (divisor) {
            case SHARED -> this;
            case COUNT -> this == SUM ? MEAN : this == COUNT ? SHARED : OTHER;
            case ROW -> isOfOne() ? ROW : OTHER;
            case SUM, MEAN, OTHER -> OTHER;
        };
    }

    /** Of a choice between values, if this is that of the condition. */
    Dependence choosing(Dependence either) {
        return switch (this) {
            case SHARED -> either;
            case ROW -> either.isOfOne() ? ROW : OTHER;
            case COUNT, SUM, MEAN, OTHER -> OTHER;
        };
    }

    /** Of a condition on two values. */
    Dependence beside(Dependence other) {
        return isOfOne() && other.isOfOne() ? plus(other) : OTHER;
    }
}
