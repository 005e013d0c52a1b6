/**
 * Holds the backward equations of a layer against the derivative of its forward ones, computed by dual numbers over
 * double-doubles: exact, and without a step size. Chooses options, shapes and numbers at which to do so. Knows bound
 * layers; no networks.
 */
package devml.gradcheck;
