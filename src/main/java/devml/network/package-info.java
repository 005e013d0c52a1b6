/**
 * Networks: the YAML file that names layers, data and parameters, read into a graph of bound layers in which every
 * shape and every source of data is settled.
 *
 * <p>Knows layers, formats and generators; computes nothing.
 */
package devml.network;
