/**
 * Tensors in files: NPY, NPZ, CSV, safetensors and JSON, read with suspicion and written as the tools that own the
 * formats write them. {@link devml.format.TensorFiles} chooses among them by the extension of a path.
 *
 * <p>Whatever a file contains, reading it ends in tensors or in a {@link devml.fault.Fault} that names the file; what a
 * header promises is compared with the bytes that are there before any memory is allocated for it.
 *
 * <p>This package knows bytes, tensors and faults, but not what a tensor means to a network.
 */
package devml.format;
