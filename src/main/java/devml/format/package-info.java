/**
 * Tensors in files: NPY, NPZ, CSV, safetensors and JSON, read with suspicion and written as the tools that own the
 * formats write them. {@link devml.format.TensorFiles} chooses among them by a path's extension.
 *
 * <p>Whatever a file holds, reading it ends in tensors or in a {@link devml.fault.Fault} that names it; what a header
 * promises is held against the bytes that are there before any memory is taken for it.
 *
 * <p>Knows bytes, tensors and faults; not what a tensor means to a network.
 */
package devml.format;
