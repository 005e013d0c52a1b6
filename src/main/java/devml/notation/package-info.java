/**
 * The index notation as text: tokens, syntax tree, parser and printer.
 *
 * <p>Knows what an equation looks like, not what it means: sizes, options and shapes are the business of
 * {@code devml.layer}, which turns these trees into the equations of {@code devml.equation}.
 */
package devml.notation;
