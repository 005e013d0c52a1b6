/**
 * File formats of tensors: NPY, NPZ, CSV, safetensors and JSON, each in a class of its own, and {@link
 * devml.format.TensorFiles} that chooses among them by a path's extension.
 *
 * <p>Knows tensors and faults; nothing of networks, equations or the command line. Whatever a file holds, reading it
 * ends in a tensor or in a {@link devml.fault.Fault} that names the file, and what a header promises is held against
 * the bytes that are there before any memory is taken for it.
 */
package devml.format;
