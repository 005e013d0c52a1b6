package devml.random;

import devml.fault.Fault;

/** The distributions that numbers are drawn from. The steps of drawing and their rounding are NumPy's. */
public sealed interface Distribution {

    /** {@code rand}, {@code random}: multiples of 2<sup>-53</sup> in [0, 1). */
    record StandardUniform() implements Distribution {}

    /** {@code uniform(low, high)}: in [low, high), except for rounding. */
    record Uniform(double low, double high) implements Distribution {
        public Uniform {
            if (!(low <= high && Double.isFinite(high - low))) {
                throw Fault.of("uniform(low = %s, high = %s): low must not be above high, and high - low finite"
                        .formatted(low, high));
            }
        }
    }

    /** {@code randn}, {@code standard_normal}: mean 0, standard deviation 1. */
    record StandardNormal() implements Distribution {}

    /** {@code normal(mean, std)}; {@code std} is the standard deviation. */
    record Normal(double mean, double std) implements Distribution {
        public Normal {
            if (!(std >= 0 && Double.isFinite(std) && Double.isFinite(mean))) {
                throw Fault.of(
                        "normal(mean = %s, std = %s): both must be finite, and std not negative".formatted(mean, std));
            }
        }
    }
}
