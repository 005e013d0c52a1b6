/** Arrays of numbers: shape and storage. This package knows no file format, no equation and no network. */
package devml.tensor;
