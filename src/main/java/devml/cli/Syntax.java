package devml.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Describes commands and their options to picocli by calls. Picocli could read annotations instead, but the reflection
 * that this takes would make a command take half as long again.
 */
final class Syntax {
    private static final Map<String, String> EXIT_CODES = new LinkedHashMap<>();

    static {
        EXIT_CODES.put(" 0", "all is well");
        EXIT_CODES.put(" 1", "a check or comparison failed");
        EXIT_CODES.put(" 2", "the command line is wrong, or a file that it names");
        EXIT_CODES.put(" 3", "a check could not tell, and nothing failed");
        EXIT_CODES.put("70", "a mistake in devml itself");
        EXIT_CODES.put("130", "interrupted");
        // Excludes picocli's own converters, except those of the simplest types, because it would look for them by
        // reflection too.
        System.setProperty("picocli.converters.excludes", ".*");
    }

    private Syntax() {}

    /**
     * Returns a command with the options that all commands have; the caller adds its own.
     *
     * @param call the action of the command
     * @param description the lines of its help
     * @param examples command lines that its help shows
     */
    static CommandSpec command(
            String name, Main main, Callable<Integer> call, List<String> description, List<String> examples) {
        String[] footer = new String[examples.size() + 2];
        footer[0] = "";
        footer[1] = examples.size() == 1 ? "Example:" : "Examples:";
        for (int i = 0; i < examples.size(); i++) {
            footer[i + 2] = "  " + examples.get(i);
        }
        return CommandSpec.wrapWithoutInspection(call)
                .name(name)
                .versionProvider(new Version())
                .usageMessage(new UsageMessageSpec()
                        .description(description.toArray(String[]::new))
                        .footer(footer)
                        .autoWidth(true)
                        .exitCodeListHeading("%nExit codes:%n")
                        .exitCodeList(EXIT_CODES))
                .addOption(flag(_ -> {}, "-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(flag(_ -> {}, "-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build())
                .addOption(flag(main::setQuiet, "-q", "--quiet")
                        .description("Print no tables and no remarks, only errors.")
                        .build())
                .addOption(flag(main::setVerbose, "-v", "--verbose")
                        .description("Log what is done, to standard error.")
                        .build());
    }

    /** An option without a value. */
    static OptionSpec.Builder flag(Consumer<Boolean> set, String... names) {
        return option(Boolean.class, set, names).arity("0");
    }

    /**
     * An option with a value.
     *
     * @param set receives the value, if the command line gives one or the option has a default
     */
    static <T> OptionSpec.Builder option(Class<T> type, Consumer<T> set, String... names) {
        Binding<T> binding = new Binding<>(set);
        return OptionSpec.builder(names).type(type).getter(binding).setter(binding);
    }

    /** An option that takes several values, separated by commas. */
    static <T> OptionSpec.Builder listOption(Class<T> type, Consumer<List<T>> set, String... names) {
        Binding<List<T>> binding = new Binding<>(set);
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(type)
                .splitRegex(",")
                .getter(binding)
                .setter(binding);
    }

    /** An option that is repeated, each time with {@code NAME=VALUE}. */
    static OptionSpec.Builder mapOption(Consumer<Map<String, String>> set, String... names) {
        Binding<Map<String, String>> binding = new Binding<>(set);
        return OptionSpec.builder(names)
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .getter(binding)
                .setter(binding);
    }

    /** A positional argument that is required. */
    static <T> PositionalParamSpec.Builder argument(Class<T> type, Consumer<T> set) {
        Binding<T> binding = new Binding<>(set);
        return PositionalParamSpec.builder()
                .type(type)
                .required(true)
                .getter(binding)
                .setter(binding);
    }

    /** All positional arguments, at least one. */
    static <T> PositionalParamSpec.Builder arguments(Class<T> type, Consumer<List<T>> set) {
        Binding<List<T>> binding = new Binding<>(set);
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(type)
                .required(true)
                .arity("1..*")
                .getter(binding)
                .setter(binding);
    }

    /** A group of options of which at most one may be given. */
    static ArgGroupSpec atMostOneOf(OptionSpec.Builder... options) {
        return group(options).exclusive(true).build();
    }

    /** A group of options of which either all are given or none. */
    static ArgGroupSpec allOrNoneOf(OptionSpec.Builder... options) {
        return group(options).exclusive(false).build();
    }

    private static ArgGroupSpec.Builder group(OptionSpec.Builder... options) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().multiplicity("0..1");
        for (OptionSpec.Builder option : options) {
            ArgSpec required = option.required(true).build();
            group.addArg(required);
        }
        return group;
    }

    /** Receives a value that picocli has read, and passes it on. */
    private static final class Binding<V> implements IGetter, ISetter {
        private final Consumer<V> set;

        private V value;

        Binding(Consumer<V> set) {
            this.set = set;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli asks so, for what it set here
        public <T> T get() {
            return (T) value;
        }

        @Override
        @SuppressWarnings("unchecked") // picocli converted it to the declared type
        public <T> T set(T newValue) {
            value = (V) newValue;
            if (value != null) { // picocli sets null before it reads anything
                set.accept(value);
            }
            return newValue;
        }
    }
}
