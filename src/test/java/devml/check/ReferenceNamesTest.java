package devml.check;

import static devml.check.Tensors.doubles;
import static devml.check.Tensors.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceNamesTest {

    @Test
    void gradientsArePlain() {
        Map<String, Tensor> references = new LinkedHashMap<>();
        references.put("values/x", scalar(1));
        references.put("gradients/x", scalar(2));
        references.put("conv.weight", scalar(3));
        references.put("loss", scalar(4));
        Map<String, Tensor> canonical = ReferenceNames.canonical(references);
        assertThat(canonical.keySet()).containsExactly("values/x", "x", "conv.weight", "loss");
        assertThat(canonical.get("x").get(0)).isEqualTo(2);
    }

    @Test
    void gradientsWithMisleadingNamesKeepTheirPrefix() {
        Map<String, Tensor> references =
                Map.of("gradients/loss", scalar(1), "loss", scalar(2), "gradients/values/x", scalar(3));
        assertThat(ReferenceNames.canonical(references)).isEqualTo(references);
    }

    /** As {@code run --oracle} and {@code run --bounds} write them; another tensor may be called alike. */
    @Test
    void distancesFromExactNumbersAreNotCompared() {
        Map<String, Tensor> references = new LinkedHashMap<>();
        for (String name : List.of("gradients/x", "gradients/x.radius", "values/fc", "values/fc.bound", "fc.bound")) {
            references.put(name, scalar(1));
        }
        references.put("y", scalar(1));
        references.put("y.bound", doubles(1, 2));
        assertThat(ReferenceNames.canonical(references).keySet())
                .containsExactly("x", "values/fc", "fc.bound", "y", "y.bound");
    }

    @Test
    void refusesTheSameGradientTwice() {
        assertThatThrownBy(() -> ReferenceNames.canonical(Map.of("x", scalar(1), "gradients/x", scalar(1))))
                .isInstanceOf(Fault.class)
                .hasMessage("the reference holds both 'x' and 'gradients/x', which mean the same gradient");
    }
}
