package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;

import devml.layer.Catalogue;
import devml.report.DefinitionText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is derived for layers that ship, to be judged by eye: it should be what a person would write. */
class ShippedLayersTest {

    private static String derived(String layer) {
        return DefinitionText.derived(new Catalogue(List.of()).find(layer))
                .replaceFirst("backward: \\|\n", "")
                .indent(-2);
    }

    @Test
    void relu() {
        assertThat(derived("relu")).isEqualTo("""
                dx[a] += where(x[a] <= 0, 0, dy[a])
                """);
    }

    @Test
    void sigmoid() {
        assertThat(derived("sigmoid")).isEqualTo("""
                dx[a] += dy[a] * y[a] * (1 - y[a])
                """);
    }

    @Test
    void tanh() {
        assertThat(derived("tanh")).isEqualTo("""
                dx[a] += dy[a] * (1 - y[a]^2)
                """);
    }

    @Test
    void softmax() {
        assertThat(derived("softmax")).isEqualTo("""
                s[a,b]     = sum(k: dy[a,k,b] * y[a,k,b])
                dx[a,k,b] += y[a,k,b] * (dy[a,k,b] - s[a,b])
                """);
    }

    @Test
    void logSoftmax() {
        assertThat(derived("log_softmax")).isEqualTo("""
                s[a,b]     = sum(k: dy[a,k,b])
                dx[a,k,b] += dy[a,k,b] - s[a,b] * exp(y[a,k,b])
                """);
    }

    @Test
    void linear() {
        assertThat(derived("linear")).isEqualTo("""
                dbias[o]     += dy[a,o]
                dweight[o,k] += dy[a,o] * x[a,k]
                dx[a,k]      += dy[a,o] * weight[o,k]
                """);
    }

    @Test
    void conv2d() {
        assertThat(derived("conv2d")).isEqualTo("""
                dpadded[n,c,u,v] += dy[n,o,i,j] * weight[o,d,r,s] | not inner
                dbias[o]         += dy[n,o,i,j]
                dweight[o,d,r,s] += dy[n,o,i,j] * taken
                dx[n,c,h,w]      += dy[n,o,i,j] * weight[o,d,r,s] | inner
                dx[n,c',h',w']   += where(inner, 0, dpadded[n,c',u',v'])
                """);
    }

    @Test
    void maxPool2d() {
        assertThat(derived("max_pool2d")).isEqualTo("""
                dx[n,c,h,w] += dy[n,c,i,j] | r*S + s == k[n,c,i,j]
                """);
    }

    @Test
    void avgPool2d() {
        assertThat(derived("avg_pool2d")).isEqualTo("""
                dx[n,c,h,w] += dy[n,c,i,j] / divisor
                """);
    }

    @Test
    void batchNorm() {
        assertThat(derived("batch_norm")).isEqualTo("""
                s[c]        = sum(n,a: dy[n,c,a] * (x[n,c,a] - mean[c]))
                p[c]        = sum(n,a: dy[n,c,a])
                dbias[c]   += dy[n,c,a]
                dweight[c] += dy[n,c,a] * xhat
                dx[n,c,a]  += dy[n,c,a] * weight[c] * rstd[c]
                dx[n,c,a]  += where(eps == 0 and var[c] == 0, 0, where(batch, -s[c] * weight[c] * (x[n,c,a] - mean[c]) / ((var[c] + eps)^1.5*M), 0))
                dx[n,c,a]  += -p[c] * weight[c] * rstd[c] / M | batch
                """);
    }

    @Test
    void concat() {
        assertThat(derived("concat")).isEqualTo("""
                dx.q[a,k.q,b] += dy[a,start.q + k.q,b]
                """);
    }

    @Test
    void mseLoss() {
        assertThat(derived("mse_loss")).isEqualTo("""
                dx[a]      += 2 * dl[a] * difference
                dtarget[a] += -2 * dl[a] * difference
                """);
    }

    @Test
    void l1Loss() {
        assertThat(derived("l1_loss")).isEqualTo("""
                dx[a]      += dl[a] * slope
                dtarget[a] += -dl[a] * slope
                """);
    }

    @Test
    void nllLoss() {
        assertThat(derived("nll_loss")).isEqualTo("""
                dx[n,t,a] += -dl[n,a] * weight[t] | known
                """);
    }

    @Test
    void crossEntropy() {
        assertThat(derived("cross_entropy")).isEqualTo("""
                dz[n,a]            += dl[n,a] * q[n,c,a] / z[n,a] | soft or q[n,c,a] != 0
                dx[n,c,a]          += -dl[n,a] * q[n,c,a] | soft or q[n,c,a] != 0
                dx[n,c,a]          += dz[n,a] * exp(x[n,c,a] - top[n,a])
                dtarget[n,c + 0,a] += -dl[n,a] * logp[n,c,a] * weight[c] * (1 - label_smoothing) | (soft or q[n,c,a] != 0) and known and soft
                """);
    }
}
