/**
 * Running a bound network: which equations run in which order on which tensors, forward, loss and backward, batch by
 * batch; and writing what came out.
 *
 * <p>Knows networks, layers and the evaluators behind {@link devml.run.Evaluator}; decides nothing about what is right
 * and formats no tables.
 */
package devml.run;
