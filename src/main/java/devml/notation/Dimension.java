package devml.notation;

import java.util.Optional;

/** A dimension, or a group of adjacent ones, in the declaration of a tensor. */
public sealed interface Dimension {

    Span span();

    /** One dimension whose size a formula gives: {@code C}, {@code G*M}. */
    record Single(Expr size, Span span) implements Dimension {}

    /** A leading dimension that may be absent: {@code N?}. */
    record Maybe(Expr.Name size, Span span) implements Dimension {}

    /** The one dimension that an option selects, counted from the end if negative: {@code K@dim}. */
    record At(Expr.Name size, Expr axis, Span span) implements Dimension {}

    /**
     * Zero or more adjacent dimensions: any number of them, {@code A...}; those from one axis to another,
     * {@code K...@first:last}; or those whose extents a list gives, {@code K... = normalized_shape}.
     */
    record Group(Expr.Name size, Optional<Axes> axes, Optional<Expr> given, Span span) implements Dimension {}

    /** The dimensions that a list of axes selects, in the order of the list: {@code K...@dims}. */
    record Listed(Expr.Name size, Expr axes, Span span) implements Dimension {}

    /** The elements of a group, arranged in another shape, for an output: {@code A... as shape}. */
    record Shaped(Expr.Name size, Expr shape, Span span) implements Dimension {}

    /** The first and the last axis of a group, both included. */
    record Axes(Expr first, Expr last) {}

    /**
     * A dimension that is present only under a condition: {@code H when rank > 1}. Where it is absent, its index is 0.
     */
    record When(Dimension of, Expr condition, Span span) implements Dimension {}
}
