package devml.run;

import devml.tensor.Tensor;

/**
 * A tensor that a batch yields, as part of what all batches yield together.
 *
 * @param name the file's, without extension, and the key of the whole: {@code gradients/fc.weight}, {@code values/fc},
 *     {@code loss}
 * @param tensor valid until the next batch runs
 * @param way it is joined to those of the other batches
 * @param weight a factor of the tensor where it is added or appended
 */
record Piece(String name, Tensor tensor, Way way, double weight) {
    /** The name of the loss. */
    static final String LOSS = "loss";

    /** How the pieces of all batches make the whole. */
    enum Way {
        /** It is their sum. */
        ADDED,
        /** It has their rows, one behind the other. */
        APPENDED,
        /** It is the last of them: of what has no rows for samples, such as a buffer. */
        LAST
    }

    static Piece ofGradient(String name, Tensor tensor, Way way, double weight) {
        return new Piece(Outputs.GRADIENTS + "/" + name, tensor, way, weight);
    }

    static Piece ofValue(String name, Tensor tensor, Way way, double weight) {
        return new Piece(Outputs.VALUES + "/" + name, tensor, way, weight);
    }

    /** Whether its rows may go to a file as the batches come; those of a loss stay in memory, to be printed. */
    boolean isSpooled() {
        return way == Way.APPENDED && !name.equals(LOSS);
    }
}
