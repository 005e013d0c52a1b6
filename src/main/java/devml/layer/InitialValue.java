package devml.layer;

/** What a parameter or a buffer holds before anybody sets it. */
public sealed interface InitialValue {

    record Constant(double value) implements InitialValue {}

    /** Drawn from [low, high). */
    record Uniform(double low, double high) implements InitialValue {}

    /** One with a probability, else zero. */
    record Bernoulli(double probability) implements InitialValue {}

    record Normal(double mean, double deviation) implements InitialValue {}
}
