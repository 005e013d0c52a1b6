package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.Definitions;
import devml.fault.Fault;
import org.junit.jupiter.api.Test;

/** What a definition's file must have. */
class DefinitionReaderTest {
    private static final String RELU = """
            layer: positive
            summary: The positive part.
            source: as in a paper
            tensors: |
              input  x[A...]
              output y[A...]
            forward: |
              y[a] = max(x[a], 0)
            backward: |
              dx[a] += where(x[a] > 0, dy[a], 0)
            notes: |
              One line.

              Another.
            """;

    private static String fault(String yaml) {
        return catchThrowableOfType(Fault.class, () -> Definitions.read(yaml))
                .render()
                .lines()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsEveryPart() {
        Definition definition = Definitions.read(RELU);
        assertThat(definition.name()).isEqualTo("positive");
        assertThat(definition.summary()).isEqualTo("The positive part.");
        assertThat(definition.reference()).isEqualTo("as in a paper");
        assertThat(definition.tensors()).hasSize(2);
        assertThat(definition.inputs()).hasSize(1);
        assertThat(definition.forward()).hasToString("[y[a] = max(x[a], 0)]");
        assertThat(definition.backward()).hasSize(1);
        assertThat(definition.update()).isEmpty();
        assertThat(definition.notes()).isEqualTo("One line.\n\nAnother.");
    }

    @Test
    void whatIsNeededIsNeeded() {
        assertThat(fault(RELU.replace("layer: positive\n", "")))
                .isEqualTo("test.yaml:1:1: error: a layer's definition needs 'layer'");
        assertThat(fault(RELU.replace("forward: |\n  y[a] = max(x[a], 0)\n", "")))
                .isEqualTo("test.yaml:1:1: error: a layer's definition needs 'forward'");
        assertThat(fault(RELU.replace("output y", "input  y")))
                .isEqualTo("test.yaml:5:1: error: a layer has an output; 'tensors' declares none");
    }

    @Test
    void unknownKeysAreRefused() {
        assertThat(fault(RELU.replace("backward", "bakward")))
                .isEqualTo("test.yaml:9:1: error: a layer's definition has no 'bakward'; did you mean 'backward'?");
    }

    @Test
    void equationsStandInBlocks() {
        assertThat(fault(RELU.replace("forward: |", "forward: >")))
                .endsWith("error: '>' would join the lines; write equations in a block with '|'");
        assertThat(fault(RELU.replace("forward: |\n  y[a] = max(x[a], 0)", "forward: [1, 2]")))
                .isEqualTo("test.yaml:7:10: error: expected a text but found a list");
    }

    @Test
    void aQuotedEquationIsReadInPlace() {
        String quoted = RELU.replace("forward: |\n  y[a] = max(x[a], 0)", "forward: \"y[a] = mox(x[a], 0)\"");
        assertThat(fault(quoted)).isEqualTo("test.yaml:7:18: error: there is no function 'mox'; did you mean 'max'?");
    }
}
