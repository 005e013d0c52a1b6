/**
 * A network with its tensors, run: forward, loss and backward, batch after batch, by the evaluator that was chosen.
 *
 * <p>Knows networks and evaluators; prints nothing and writes no file but those it is told to.
 */
package devml.run;
