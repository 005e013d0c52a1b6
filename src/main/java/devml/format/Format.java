package devml.format;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats that tensors are read from and written to, each known by a name that is its files' extension too. */
public enum Format {
    NPY,
    CSV,
    NPZ,
    SAFETENSORS,
    JSON;

    /** Without the dot: {@code npy}. Also what options call it. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By name, in any case.
     *
     * @throws Fault if there is none of that name
     */
    public static Format named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Fault.of("unknown format '" + name + "'" + Nearest.hint(name, extensions())));
    }

    /**
     * By a file's extension, in any case.
     *
     * @throws Fault if that is none of ours
     */
    public static Format of(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return Arrays.stream(values())
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith("." + format.extension()))
                .findFirst()
                .orElseThrow(() -> Fault.of(file + ": not a file of tensors by its extension; allowed: ."
                        + String.join(", .", extensions())));
    }

    /** A file's name without its directories and its extension. */
    static String baseName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - of(file).extension().length() - 1);
    }

    private static List<String> extensions() {
        return Arrays.stream(values()).map(Format::extension).toList();
    }
}
