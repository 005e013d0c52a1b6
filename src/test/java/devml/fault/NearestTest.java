package devml.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kernel_sise | kernel_size stride              | ; did you mean 'kernel_size'?
                    Stride      | kernel_size stride              | ; did you mean 'stride'?
                    conv        | conv1d conv2d conv3d cos        | ; did you mean 'conv1d', 'conv2d' or 'conv3d'?
                    fc5         | fc1 fc2 fc3 fc4                 | ; did you mean 'fc1', 'fc2' or 'fc3'?
                    mse         | l1_loss mse_loss                | ; did you mean 'mse_loss'?
                    loss        | one_loss two_loss three_loss four_loss | ; allowed: one_loss, two_loss, three_loss, four_loss
                    N           | n                               | ; did you mean 'n'?
                    m           | n c                             | ; allowed: n, c
                    dw          | w c                             | ; did you mean 'w'?
                    """)
    void guessesWhatWasMeant(String name, String allowed, String hint) {
        assertThat(Nearest.hint(name, List.of(allowed.split(" ")))).isEqualTo(hint);
    }

    @Test
    void saysNothingWhereNothingIsAllowed() {
        assertThat(Nearest.hint("anything", List.of())).isEmpty();
    }
}
