/**
 * YAML as its author wrote it: a tree of texts, lists and mappings in which everything keeps its place. What a text
 * means is decided by the type that is expected of it, never by YAML's guesses ({@code no}, {@code 010},
 * {@code 1:30}).
 *
 * <p>Knows SnakeYAML (its scanner and parser alone: no object is ever constructed) and faults; nothing of networks and
 * layers.
 */
package devml.yaml;
