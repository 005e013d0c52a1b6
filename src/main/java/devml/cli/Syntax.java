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
 * What commands take, told to picocli by calls. It could read annotations instead; but by the reflection that this
 * takes, a command would take half as long again.
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
        // picocli's own converters, but for those of the simplest types, which it would look for by reflection too.
        System.setProperty("picocli.converters.excludes", ".*");
    }

    private Syntax() {}

    /**
     * A command that takes the options that all take, so far.
     *
     * @param call what it does
     * @param description lines of its help
     * @param examples command lines
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

    /** An option that is given or not. */
    static OptionSpec.Builder flag(Consumer<Boolean> set, String... names) {
        return option(Boolean.class, set, names).arity("0");
    }

    /**
     * An option with a value.
     *
     * @param set gets the value, if the command line or the option has one
     */
    static <T> OptionSpec.Builder option(Class<T> type, Consumer<T> set, String... names) {
        Binding<T> binding = new Binding<>(set);
        return OptionSpec.builder(names).type(type).getter(binding).setter(binding);
    }

    /** An option that takes several values, between commas. */
    static <T> OptionSpec.Builder listOption(Class<T> type, Consumer<List<T>> set, String... names) {
        Binding<List<T>> binding = new Binding<>(set);
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(type)
                .splitRegex(",")
                .getter(binding)
                .setter(binding);
    }

    /** An option that is given once for each name of something. */
    static OptionSpec.Builder mapOption(Consumer<Map<String, String>> set, String... names) {
        Binding<Map<String, String>> binding = new Binding<>(set);
        return OptionSpec.builder(names)
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .getter(binding)
                .setter(binding);
    }

    /** An argument that is no option, which a command line must give. */
    static <T> PositionalParamSpec.Builder argument(Class<T> type, Consumer<T> set) {
        Binding<T> binding = new Binding<>(set);
        return PositionalParamSpec.builder()
                .type(type)
                .required(true)
                .getter(binding)
                .setter(binding);
    }

    /** All arguments that are no options; one at least. */
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

    /** Options of which a command line gives one at most. */
    static ArgGroupSpec atMostOneOf(OptionSpec.Builder... options) {
        return group(options).exclusive(true).build();
    }

    /** Options of which a command line gives all or none. */
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

    /** Where picocli puts what it reads. */
    private static final class Binding<V> implements IGetter, ISetter {
        private final Consumer<V> set;

        private V value;

        Binding(Consumer<V> set) {
            this.set = set;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli asks so, for what it has put here
        public <T> T get() {
            return (T) value;
        }

        @Override
        @SuppressWarnings("unchecked") // picocli has made it of the type that it was told
        public <T> T set(T newValue) {
            value = (V) newValue;
            if (value != null) { // which it sets before it reads anything
                set.accept(value);
            }
            return newValue;
        }
    }
}
