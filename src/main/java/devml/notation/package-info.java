/**
 * The index notation as text: tokens, syntax trees, parser and printer.
 *
 * <p>This package knows what an equation looks like, not what it means: sizes, options and shapes are the business of
 * {@code devml.layer}, which turns these trees into the equations of {@code devml.equation}.
 */
package devml.notation;
