/**
 * Elementary functions over strips of numbers: exp, log, tanh, erf and their like as polynomials in fused multiply-adds,
 * with known largest errors and the same bits on every machine.
 *
 * <p>Each class holds a function's scalar body and the passes that carry it over a strip; a strip's elements have the
 * scalar's bits. The passes are small because HotSpot vectorises only small loops, without branches, without a look at
 * a number's bits, with one array written and one index throughout: a larger or mixed loop silently stays scalar and
 * takes two to four times as long. Coefficients come from {@code testdata/elementary/coefficients.py}.
 */
package devml.fast.elementary;
