package devml.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents with parts that a program writes. */
final class Documents {
    private Documents() {}

    /** Replaces what stands between the marks {@code <!-- NAME -->} and {@code <!-- end of NAME -->}. */
    static void replace(Path document, String name, String text) throws IOException {
        String old = Files.readString(document);
        String begin = "<!-- " + name + " -->\n";
        int from = old.indexOf(begin);
        int to = old.indexOf("<!-- end of " + name + " -->");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(document + " has no part '" + name + "'");
        }
        Files.writeString(document, old.substring(0, from) + begin + "\n" + text + "\n" + old.substring(to));
    }
}
