/**
 * The command line: one thin command a file, which calls down and turns what comes back into output and an exit code.
 *
 * <p>May know everything, and is the only package that prints or exits.
 */
package devml.cli;
