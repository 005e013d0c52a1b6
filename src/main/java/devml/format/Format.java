package devml.format;

import devml.fault.Fault;
import devml.fault.Nearest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats that tensors are read from and written to. The name of each is also the extension of its files. */
public enum Format {
    NPY,
    CSV,
    NPZ,
    SAFETENSORS,
    JSON;

    /** The extension without the dot, which is also the name of the format in options: {@code npy}. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the format with a name, in upper or lower case.
     *
     * @throws Fault if there is no format of that name
     */
    public static Format named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Fault.of("unknown format '" + name + "'" + Nearest.hint(name, extensions())));
    }

    /**
     * Returns the format that a file has by its extension, in upper or lower case.
     *
     * @throws Fault if the extension is not that of a format
     */
    public static Format of(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return Arrays.stream(values())
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith("." + format.extension()))
                .findFirst()
                .orElseThrow(() -> Fault.of(file + ": not a file of tensors by its extension; allowed: ."
                        + String.join(", .", extensions())));
    }

    /** The name of a file without its directories and its extension. */
    static String baseName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - of(file).extension().length() - 1);
    }

    private static List<String> extensions() {
        return Arrays.stream(values()).map(Format::extension).toList();
    }
}
