/**
 * The command line: one thin command per file, which calls other packages and turns their results into output and an
 * exit code.
 *
 * <p>This package may know all others, and is the only one that prints or exits.
 */
package devml.cli;
