/**
 * YAML as its author wrote it: a tree of texts, lists and mappings in which everything keeps its place. The meaning of
 * a text is decided by the type that is expected of it, never by YAML's guesses ({@code no}, {@code 010},
 * {@code 1:30}).
 *
 * <p>This package knows SnakeYAML (only its scanner and parser: no object is ever constructed) and faults, but nothing
 * of networks and layers.
 */
package devml.yaml;
