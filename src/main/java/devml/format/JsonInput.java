package devml.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import devml.fault.Fault;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Reads strict JSON token by token. Any error is a fault that names the file and the path within the document. */
final class JsonInput {
    private final String name;
    private final JsonReader reader;

    JsonInput(Reader reader, String name) {
        this.name = name;
        this.reader = new JsonReader(reader);
        this.reader.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads an object: {@code member} must read the value of each name. A name that occurs twice is refused. Returns
     * the names.
     */
    Set<String> object(Consumer<String> member) {
        expect(JsonToken.BEGIN_OBJECT);
        run(reader::beginObject);
        Set<String> names = new HashSet<>();
        while (get(reader::hasNext)) {
            String key = get(reader::nextName);
            if (!names.add(key)) {
                throw fault("the name stands here for the second time");
            }
            member.accept(key);
        }
        run(reader::endObject);
        return names;
    }

    /** Reads an array: {@code element} must read one element each time. */
    void array(Runnable element) {
        expect(JsonToken.BEGIN_ARRAY);
        run(reader::beginArray);
        while (get(reader::hasNext)) {
            element.run();
        }
        run(reader::endArray);
    }

    String string() {
        expect(JsonToken.STRING);
        return get(reader::nextString);
    }

    /** Returns a number as it is written. */
    String number() {
        expect(JsonToken.NUMBER);
        return get(reader::nextString);
    }

    long integer() {
        String text = number();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw fault("expected an integer of at most 64 bits, found " + text);
        }
    }

    boolean at(JsonToken token) {
        return get(reader::peek) == token;
    }

    /** Requires that nothing but blanks follows. */
    void end() {
        expect(JsonToken.END_DOCUMENT);
    }

    /** Returns a fault at what was read last. */
    Fault fault(String message) {
        return Fault.of(where() + ": " + message);
    }

    /** The file and the path within the document. */
    String where() {
        return name + ": at " + reader.getPath();
    }

    private void expect(JsonToken token) {
        JsonToken found = get(reader::peek);
        if (found != token) {
            throw fault("expected " + text(token) + ", found " + text(found));
        }
    }

    private static String text(JsonToken token) {
        return switch (token) {
            case BEGIN_ARRAY -> "a list";
            case BEGIN_OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NAME -> "a name";
            case END_ARRAY -> "the end of a list";
            case END_OBJECT -> "the end of an object";
            case END_DOCUMENT -> "the end";
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private void run(Step step) {
        get(() -> {
            step.run();
            return true;
        });
    }

    private <T> T get(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            // Gson's messages continue with a link on a second line, and one of them gives advice to programmers.
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw Fault.of(
                    name + ": not valid JSON: "
                            + message.replaceFirst("^Use JsonReader\\S+ .* JSON", "Unexpected characters"),
                    e);
        }
    }
}
