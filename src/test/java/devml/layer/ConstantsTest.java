package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Cond;
import devml.equation.Real;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Constants are exact where float64 is, and carry more digits where it is not. */
class ConstantsTest {
    private static final Real ONE = constant(1);
    private static final Real TWO = constant(2);
    private static final Real THREE = constant(3);
    private static final Real INFINITY = constant(Double.POSITIVE_INFINITY);

    private static Real constant(double value) {
        return new Real.Constant(value);
    }

    private static Real apply(Real.Op op, Real left, Real right) {
        return Constants.apply(op, left, right).orElseThrow();
    }

    private static Real.Precise precise(Real e) {
        return (Real.Precise) e;
    }

    private static boolean holds(Cond.Relation relation, Real left, Real right) {
        return Constants.compare(relation, left, right).orElseThrow().equals(Cond.TRUE);
    }

    @Test
    void exactResultsAreFloat64() {
        assertThat(apply(Real.Op.DIVIDE, THREE, TWO)).isEqualTo(constant(1.5));
        assertThat(apply(Real.Op.ADD, constant(1e-300), constant(1e-300))).isEqualTo(constant(2e-300));
        assertThat(apply(Real.Op.ADD, constant(0.1), constant(0.2))).isInstanceOf(Real.Precise.class);
        assertThat(apply(Real.Op.SUBTRACT, constant(0.3), constant(0.2))).isEqualTo(constant(0.3 - 0.2));
        assertThat(Constants.sqrt(constant(6.25))).contains(constant(2.5));
    }

    /** Numbers of few bits, whose results are exact about as often as not, near to each other and far apart. */
    @ParameterizedTest
    @EnumSource(names = {"ADD", "SUBTRACT", "MULTIPLY", "DIVIDE"})
    void float64HoldsWhatHasTheSameDigitsInIt(Real.Op op) {
        Random random = new Random(1);
        int exact = 0;
        for (int i = 0; i < 10_000; i++) {
            double a = Math.scalb((double) random.nextInt(-1000, 1000), random.nextInt(-40, 40));
            double b = Math.scalb((double) random.nextInt(1, 1000), random.nextInt(-40, 40));
            BigDecimal x = new BigDecimal(a);
            BigDecimal y = new BigDecimal(b);
            boolean fits = switch (op) {
                case ADD -> x.add(y).compareTo(new BigDecimal(a + b)) == 0;
                case SUBTRACT -> x.subtract(y).compareTo(new BigDecimal(a - b)) == 0;
                case MULTIPLY -> x.multiply(y).compareTo(new BigDecimal(a * b)) == 0;
                case DIVIDE -> y.multiply(new BigDecimal(a / b)).compareTo(x) == 0;
                case FLOOR_DIVIDE, MIN, MAX, POWER -> throw new IllegalArgumentException();
            };
            exact += fits ? 1 : 0;
            assertThat(apply(op, constant(a), constant(b)) instanceof Real.Constant)
                    .as("%s of %s and %s", op, a, b)
                    .isEqualTo(fits);
        }
        assertThat(exact).isBetween(100, 10_000);
    }

    @Test
    void aThirdHasAHundredDigits() {
        Real.Precise third = precise(apply(Real.Op.DIVIDE, ONE, THREE));
        assertThat(third.digits()).isEqualTo(new BigDecimal("0." + "3".repeat(100)));
        assertThat(third.nearest()).isEqualTo(1.0 / 3);
        assertThat(third.rest()).isEqualTo((1.0 / 3) * 0x1p-54);
    }

    @Test
    void itsDigitsGoOnThroughOperations() {
        Real root = Constants.sqrt(apply(Real.Op.DIVIDE, TWO, Constants.pi())).orElseThrow();
        BigDecimal back = precise(apply(Real.Op.MULTIPLY, apply(Real.Op.MULTIPLY, root, root), Constants.pi()))
                .digits();
        assertThat(back.subtract(BigDecimal.TWO).abs()).isLessThan(new BigDecimal("1e-98"));
        assertThat(precise(Constants.negate(Constants.pi()).orElseThrow()).nearest())
                .isEqualTo(-Math.PI);
        assertThat(Constants.abs(Constants.negate(Constants.pi()).orElseThrow()))
                .contains(Constants.pi());
    }

    @Test
    void equalConstantsAreEqualInSpiteOfTheirLastDigit() {
        Real root = Constants.sqrt(TWO).orElseThrow();
        Real square = apply(Real.Op.MULTIPLY, root, root);
        assertThat(holds(Cond.Relation.EQUAL, square, TWO)).isTrue();
        assertThat(holds(Cond.Relation.LESS, square, TWO)).isFalse();
        assertThat(holds(Cond.Relation.LESS, Constants.pi(), constant(Math.PI))).isFalse();
        assertThat(holds(Cond.Relation.LESS, constant(Math.PI), Constants.pi())).isTrue();
    }

    @Test
    void infinitiesAreThoseOfFloat64() {
        assertThat(apply(Real.Op.DIVIDE, ONE, constant(0))).isEqualTo(INFINITY);
        assertThat(apply(Real.Op.DIVIDE, ONE, INFINITY)).isEqualTo(constant(0));
        assertThat(holds(Cond.Relation.LESS, Constants.pi(), INFINITY)).isTrue();
        assertThat(Constants.sqrt(constant(-1))).contains(constant(Double.NaN));
    }

    @Test
    void whatOverflowsKeepsItsDigits() {
        Real.Precise huge = precise(apply(Real.Op.MULTIPLY, constant(1e300), constant(1e300)));
        assertThat(huge.nearest()).isInfinite();
        assertThat(huge.rest()).isZero();
        assertThat(apply(Real.Op.DIVIDE, huge, constant(1e300)))
                .extracting(e -> precise(e).nearest())
                .isEqualTo(1e300);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"MIN", "MAX"},
            mode = Mode.INCLUDE)
    void extremesAreOneOfTheTwo(Real.Op op) {
        assertThat(precise(apply(op, Constants.pi(), Constants.pi())).digits())
                .isEqualTo(precise(Constants.pi()).digits());
    }
}
