package devml.notation;

import java.util.Optional;

/** A dimension, or a group of adjacent ones, in the declaration of a tensor. */
public sealed interface Dimension {

    Span span();

    /** One dimension of a size that a formula gives: {@code C}, {@code G*M}. */
    record Single(Expr size, Span span) implements Dimension {}

    /** A leading dimension that may be absent: {@code N?}. */
    record Maybe(Expr.Name size, Span span) implements Dimension {}

    /** The one dimension that an option names, counted from the end if negative: {@code K@dim}. */
    record At(Expr.Name size, Expr axis, Span span) implements Dimension {}

    /**
     * Zero or more adjacent dimensions: {@code A...}; those from one axis to another, {@code K...@first:last}; or those
     * whose extents a row gives, {@code K... = normalized_shape}.
     */
    record Group(Expr.Name size, Optional<Axes> axes, Optional<Expr> given, Span span) implements Dimension {}

    /** The dimensions that a row of axes names, in its order: {@code K...@dims}. */
    record Listed(Expr.Name size, Expr axes, Span span) implements Dimension {}

    /** A group's elements in a shape of other extents, of an output: {@code A... as shape}. */
    record Shaped(Expr.Name size, Expr shape, Span span) implements Dimension {}

    /** The first and the last axis of a group, both included. */
    record Axes(Expr first, Expr last) {}

    /** A dimension that is there only under a condition: {@code H when rank > 1}. Absent, its index is 0. */
    record When(Dimension of, Expr condition, Span span) implements Dimension {}
}
