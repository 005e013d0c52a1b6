/**
 * The intermediate representation that is run: equations bound to shapes, in which every name has become a number.
 *
 * <p>An {@link devml.equation.Assignment} loops over integer indices and writes a value of type
 * {@link devml.equation.Int} or {@link devml.equation.Real} to an element of a tensor. Options, short names and sizes
 * are gone; the edge rule has become guards. Every evaluator, the planner and the cost model read this and nothing
 * else; none of them knows layers or networks.
 */
package devml.equation;
