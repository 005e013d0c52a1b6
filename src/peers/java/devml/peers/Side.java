package devml.peers;

import devml.tensor.Tensor;
import java.util.Map;

/** A library that computes the gradients of a network. */
interface Side {

    /** Runs forward and backward once: the loss, and the gradients of all parameters. */
    void pass();

    /** The gradients of the last pass, by the names of the parameters. */
    Map<String, Tensor> gradients();

    /** Which libraries there are. */
    enum Name {
        DEVML("devml"),
        LIBTORCH("libtorch");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
