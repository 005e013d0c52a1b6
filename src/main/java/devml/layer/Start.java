package devml.layer;

/** What a parameter or a buffer holds before anybody sets it. */
public sealed interface Start {

    record Constant(double value) implements Start {}

    /** Drawn from [low, high). */
    record Uniform(double low, double high) implements Start {}

    /** One with a probability, else zero. */
    record Bernoulli(double probability) implements Start {}

    record Normal(double mean, double deviation) implements Start {}
}
