/**
 * Networks: the YAML file that names layers, data and parameters is read into a graph of bound layers, in which every
 * shape and every source of data is settled.
 *
 * <p>This package knows layers, formats and generators; it computes nothing.
 */
package devml.network;
