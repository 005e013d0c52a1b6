package devml.equation;

/** What an equation writes: an integer or a real number. */
public sealed interface Value permits Int, Real {}
