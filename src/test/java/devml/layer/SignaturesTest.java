package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that say which indices operands have. */
class SignaturesTest {
    private static final String LAYER = """
            layer: test
            options: {equation: signature}
            tensors: |
              input  x.q[equation.q]
              output y[equation]
            forward: |
              y[equation] += prod(q: x.q[equation.q])
            """;

    private static final Map<String, Shape> INPUTS = Map.of("x.0", Shape.of(2, 3), "x.1", Shape.of(3, 4));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ij,jk->ik     | (2, 4)
            ij,jk->kij    | (4, 2, 3)
            ij,jk         | (2, 4)
            bj,ja         | (4, 2)
            i j , j k ->  | ()
            iA,Ak->A      | (3,)
            ...j,jk->k... | (4, 2)
            """)
    void theOutputHasTheShapeThatItSays(String equation, String shape) {
        String options = "{equation: '" + equation + "'}";
        assertThat(bind(LAYER, options, INPUTS).tensor("y").orElseThrow().shape())
                .hasToString(shape);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ij,j1->i    | 'j1' are no indices: letters, and '...' for any number; as in nc,dc->nd
            ij,jk->ii   | the output has the index 'i' twice
            ij,jk->il   | the output has the index 'l', but no operand has
            ij->i       | 'equation' has 1 operands, but 'from' names 2
            ij,jk,kl    | 'equation' has 3 operands, but 'from' names 2
            ij,ik->j    | the extent is 3, but I is 2
            ijk,jk->i   | that is not the number of dimensions that it takes
            ij->jk->i   | 'jk->i' are no indices
            """)
    void otherSignaturesAreRefused(String equation, String message) {
        assertThat(fault(LAYER, "{equation: '" + equation + "'}", INPUTS)).contains(message);
    }
}
