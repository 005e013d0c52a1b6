/**
 * Layer definitions: reading them, and binding one to options and input shapes.
 *
 * <p>A layer is one YAML file: options, tensors, short names, and its equations forward and backward. Binding works out
 * every size, checks that each equation makes sense at those sizes, and lowers it to what the evaluators run. Knows the
 * notation and the intermediate representation; no network, no data and no evaluator. No layer has Java of its own.
 */
package devml.layer;
