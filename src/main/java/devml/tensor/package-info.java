/** Arrays of numbers: shape and storage. Knows no file format, no equation and no network. */
package devml.tensor;
