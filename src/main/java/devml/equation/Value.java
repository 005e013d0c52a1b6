package devml.equation;

/** The value of an equation: an integer or a real number. */
public sealed interface Value permits Int, Real {}
