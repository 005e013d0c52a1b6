package devml.gradcheck;

import org.apache.commons.numbers.core.DD;

/**
 * A derivative along a direction.
 *
 * @param value the sum of what its entries contribute
 * @param size the sum of their magnitudes, to which roundings are relative
 * @param isConvention whether it depends on how a tie is decided
 * @param isSingular whether an infinity, a NaN or a function's singularity was met on the way
 * @param isUnclear whether roundings may have decided a comparison on which it depends
 */
record Slope(DD value, double size, boolean isConvention, boolean isSingular, boolean isUnclear) {

    boolean isFinite() {
        return value.isFinite();
    }
}
