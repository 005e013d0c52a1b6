package devml.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroadcastTest {

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    2 3   ! 2 3   ! 2 3
                    3     ! 2 3   ! 2 3
                    2 1   ! 3     ! 2 3
                    5 1 4 ! 3 1   ! 5 3 4
                    1     ! 0     ! 0
                          ! 2 3   ! 2 3
                    """)
    void commonShapes(String a, String b, String common) {
        assertThat(Broadcast.common(shape(a), shape(b))).contains(shape(common));
        assertThat(Broadcast.common(shape(b), shape(a))).contains(shape(common));
    }

    @Test
    void shapesThatHaveNoneInCommon() {
        assertThat(Broadcast.common(Shape.of(2), Shape.of(3))).isEmpty();
        assertThat(Broadcast.common(Shape.of(2, 1), Shape.of(3, 3))).isEmpty();
        assertThat(Broadcast.common(Shape.of(0), Shape.of(2))).isEmpty();
    }

    @Test
    void repeatsOnlyTowardsTheShapeAskedFor() {
        assertThat(Broadcast.fits(Shape.of(2, 2, 2), Shape.of(2, 2, 2, 2))).isTrue();
        assertThat(Broadcast.fits(Shape.of(2, 3), Shape.of(3))).isFalse();
        assertThat(Broadcast.fits(Shape.of(3), Shape.of(1))).isFalse();
    }

    @Test
    void repeatsMissingAndUnitDimensions() {
        // numpy.broadcast_to(numpy.arange(6).reshape(2, 1, 3), (2, 2, 2, 3)).ravel()
        Tensor.Longs from = new Tensor.Longs(Shape.of(2, 1, 3), new long[] {0, 1, 2, 3, 4, 5});

        Tensor to = Broadcast.to(from, Shape.of(2, 2, 2, 3));

        assertThat(to.shape()).isEqualTo(Shape.of(2, 2, 2, 3));
        assertThat(((Tensor.Longs) to).values())
                .containsExactly(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
    }

    @Test
    void keepsTheKindOfNumber() {
        assertThat(Broadcast.to(new Tensor.Doubles(Shape.SCALAR, new double[] {0.5}), Shape.of(2, 1)))
                .isInstanceOfSatisfying(
                        Tensor.Doubles.class, t -> assertThat(t.values()).containsExactly(0.5, 0.5));
        assertThat(Broadcast.to(new Tensor.Floats(Shape.of(1), new float[] {0.5f}), Shape.of(3)))
                .isInstanceOfSatisfying(
                        Tensor.Floats.class, t -> assertThat(t.values()).containsExactly(0.5f, 0.5f, 0.5f));
        Tensor same = new Tensor.Longs(Shape.of(2), new long[] {1, 2});
        assertThat(Broadcast.to(same, Shape.of(2))).isSameAs(same);
    }

    @Test
    void emptyTensors() {
        assertThat(Broadcast.to(new Tensor.Longs(Shape.of(1), new long[] {7}), Shape.of(3, 0))
                        .size())
                .isZero();
    }

    @Test
    void whatDoesNotFit() {
        Tensor three = new Tensor.Longs(Shape.of(3), new long[3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Broadcast.to(three, Shape.of(2)))
                .withMessage("shape (3,) does not broadcast to (2,)");
    }

    private static Shape shape(String dims) {
        return dims == null
                ? Shape.SCALAR
                : Shape.of(Arrays.stream(dims.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }
}
