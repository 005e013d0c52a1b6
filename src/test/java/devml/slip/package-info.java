/** Plants single slips in definitions of layers, as people make them, to see whether the checks find them. */
package devml.slip;
