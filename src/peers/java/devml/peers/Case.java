package devml.peers;

import devml.tensor.DType;

/**
 * What is measured.
 *
 * @param net the name of the network
 * @param dtype the precision
 * @param batch how many samples a pass takes
 * @param threads how many threads compute
 */
record Case(String net, DType dtype, int batch, int threads) {
    @Override
    public String toString() {
        return "%s %s, batch %d, %d thread%s".formatted(net, dtype, batch, threads, threads == 1 ? "" : "s");
    }
}
