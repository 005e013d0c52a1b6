package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {

    @Test
    void showsEachTensorThenWhatIsWrong() {
        assertThat(ComparisonTable.of(Samples.mixed(), false)).isEqualTo("""
                tensor       shape   verdict    max abs  max rel      ulps  x bound
                conv.weight  (2, 2)  FAIL           0.5    0.167  1.13e+15        2
                conv.bias    (2,)    pass             0        0         0        0
                fc.weight    (1, 2)  FAIL             -        -         -        -
                fc.bias      (1,)    unchecked        -        -         -        -
                fc.bais      ()      FAIL             -        -         -        -

                FAIL conv.weight: 1 of 4 entries beyond their bounds
                  worst entry     conv.weight[1, 0]
                  value           3.5000000000000000
                  reference       3.0000000000000000
                  absolute error  0.5
                  relative error  0.167
                  ulps            1.13e+15
                  bound           0.25 = atol 0.0625 + rtol 0.0625 * |reference|
                  error           2 times the bound

                FAIL fc.weight: shape (1, 2), but (2, 1) in the reference

                warning fc.bias: not in the reference: compared with nothing

                FAIL fc.bais: only the reference has it; did you mean 'fc.bias'?

                FAIL: 1 of 5 tensors pass, 3 FAIL, 1 unchecked
                """);
    }

    @Test
    void saysLittleOfWhatPasses() {
        assertThat(ComparisonTable.of(Samples.passing(), false)).isEqualTo("""
                tensor       shape   verdict  max abs  max rel  ulps  x bound
                conv.weight  (2, 2)  pass           0        0     0        0
                conv.bias    (2,)    pass           0        0     0        0
                fc.weight    (1, 2)  pass           0        0     0        0
                fc.bias      (1,)    pass           0        0     0        0
                pass: 4 of 4 tensors pass
                """);
    }

    @Test
    void saysThatNothingWasCompared() {
        assertThat(ComparisonTable.of(Samples.vacuous(), false))
                .isEqualTo("FAIL: nothing was compared: the reference has no entry of any tensor\n");
    }

    @Test
    void coloursChangeNothingElse() {
        String coloured = ComparisonTable.of(Samples.mixed(), true);
        assertThat(coloured)
                .contains("(2,)    \u001b[32mpass\u001b[0m             0")
                .contains("(1,)    \u001b[33munchecked\u001b[0m        -")
                .contains("\n\u001b[31mFAIL\u001b[0m conv.weight: ");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(ComparisonTable.of(Samples.mixed(), false));
    }

    /** A surrogate pair is one column, but two chars. */
    @Test
    void alignsAndColoursBesideNamesOutsideTheBasicPlane() {
        assertThat(ComparisonTable.of(Samples.ofName("\uD835\uDEFC"), true))
                .contains("\uD835\uDEFC       ()     \u001b[31mFAIL\u001b[0m           1");
    }

    @Test
    void showsDigitsThatTellNumbersApart() {
        Shape one = Shape.of(1);
        assertThat(ComparisonTable.of(
                        Samples.of(Samples.doubles(one, 0.1), Samples.doubles(one, 0.30000000000000004)), false))
                .contains("value           0.10000000000000001\n")
                .contains("reference       0.30000000000000004\n");
        assertThat(ComparisonTable.of(
                        Samples.of(
                                new Tensor.Floats(one, new float[] {0.1f}),
                                new Tensor.Floats(one, new float[] {-1e-20f})),
                        false))
                .contains("value           0.100000001\n")
                .contains("reference       -9.99999968e-21\n")
                .contains("bound           1.00e-05 = atol 1e-05 + rtol 1.3e-06 * |reference|\n");
    }

    @Test
    void showsNumbersThatAreNotFinite() {
        Shape two = Shape.of(2);
        String text = ComparisonTable.of(
                Samples.of(Samples.doubles(two, Double.NaN, 1), Samples.doubles(two, Double.NEGATIVE_INFINITY, 1)),
                false);
        assertThat(text)
                .contains("value           nan\n")
                .contains("reference       -inf\n")
                .contains("ulps            inf\n")
                .contains("bound           0: beside -inf only the same will do\n")
                .contains("error           inf times the bound\n");
    }

    @Test
    void showsIntegersInFull() {
        Shape one = Shape.of(1);
        long large = (1L << 53) + 1;
        String text = ComparisonTable.of(
                Samples.of(new Tensor.Longs(one, new long[] {large}), new Tensor.Longs(one, new long[] {large - 1})),
                false);
        assertThat(text)
                .contains("value           9007199254740993\n")
                .contains("reference       9007199254740992\n")
                .contains("bound           0: integers are equal or not\n");
    }

    @Test
    void summarisesFiles() {
        assertThat(ComparisonTable.summary(Samples.files(), false)).isEqualTo("""
                network      verdict  x bound  worst tensor  tensors
                nets/a.yaml  FAIL           2  conv.weight   1 of 5 tensors pass, 3 FAIL, 1 unchecked
                nets/b.yaml  pass           0  conv.weight   4 of 4 tensors pass
                nets/c.yaml  FAIL           -  -             nothing was compared: the reference has no entry of any tensor
                FAIL: 1 of 3 networks pass, 2 FAIL
                """);
        assertThat(ComparisonTable.summary(List.of(Samples.files().get(1)), true))
                .endsWith("\u001b[32mpass\u001b[0m: 1 of 1 networks pass\n");
    }

    @Test
    void writesPointsInEveryLocale() {
        Locale before = Locale.getDefault();
        String expected = ComparisonTable.of(Samples.mixed(), false);
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(ComparisonTable.of(Samples.mixed(), false)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }
}
