/**
 * Index notation as text: its tokens, its grammar, the tree that the text stands for, and that tree printed again.
 *
 * <p>Knows where in the source each thing stands; not what a name refers to, nor any size.
 */
package devml.notation;
