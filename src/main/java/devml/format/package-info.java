/**
 * Tensors in files: NPY, NPZ, CSV, safetensors and JSON, read with suspicion and written as the tools that own the
 * formats write them.
 *
 * <p>Knows bytes, tensors and faults; not what a tensor means to a network.
 */
package devml.format;
