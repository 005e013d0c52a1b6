package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import java.util.regex.Pattern;

/** Checks the names of networks, inputs, layers and parameters, which become names of files and keys of archives. */
final class Names {
    private Names() {}

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");

    static String require(String name, Place place) {
        if (!NAME.matcher(name).matches()) {
            throw Fault.at(
                    place,
                    "'" + name + "' is not a name: it starts with a letter or _, and goes on with letters, digits, "
                            + "_, - and single dots");
        }
        return name;
    }
}
