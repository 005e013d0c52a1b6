/**
 * Layers: definitions read from YAML, ours from the resources and users' own from files, with their options and sizes,
 * bound to the shapes they are used on.
 *
 * <p>Knows equations and one layer at a time; not which layers a network joins, nor how its equations are computed.
 */
package devml.layer;
