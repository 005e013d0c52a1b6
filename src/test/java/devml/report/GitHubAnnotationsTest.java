package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubAnnotationsTest {

    @Test
    void annotatesWhatDoesNotPass() {
        assertThat(GitHubAnnotations.of(Samples.files())).isEqualTo("""
                ::error file=nets/a.yaml,line=2,col=3,title=devml%3A conv.weight::conv.weight: 1 of 4 entries beyond \
                their bounds; the worst, conv.weight[1, 0], is 3.5000000000000000, reference 3.0000000000000000: \
                2 times the bound
                ::error file=nets/a.yaml,title=devml%3A fc.weight::fc.weight: shape (1, 2), but (2, 1) in the reference
                ::warning file=nets/a.yaml,title=devml%3A fc.bias::fc.bias: not in the reference: compared with nothing
                ::error file=nets/a.yaml,title=devml%3A fc.bais::fc.bais: only the reference has it; \
                did you mean 'fc.bias'?
                ::error file=nets/c.yaml::nothing was compared: the reference has no entry of any tensor
                """);
    }

    /** GitHub documents %25, %0D, %0A in messages; properties also need %3A and %2C. */
    @Test
    void escapesWhatWouldEndACommand() {
        String text = GitHubAnnotations.of(List.of(Samples.file("a,b:c%.yaml", Samples.ofName("x%,:\r\n::error::"))));
        assertThat(text)
                .startsWith("::error file=a%2Cb%3Ac%25.yaml,title=devml%3A x%25%2C%3A%0D%0A%3A%3Aerror%3A%3A::"
                        + "x%25,:%0D%0A::error::: 1 of 1 entries")
                .hasLineCount(1);
    }

    @Test
    void saysNothingWhereAllIsWell() {
        assertThat(GitHubAnnotations.of(List.of(Samples.file("a.yaml", Samples.passing()))))
                .isEmpty();
    }
}
