package devml.run;

import com.google.gson.FormattingStyle;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import devml.fault.Fault;
import devml.format.FileAccess;
import devml.format.Json;
import devml.network.DataSpec;
import devml.network.FileName;
import devml.network.InputSpec;
import devml.network.NetworkFile;
import devml.network.ParameterSpec;
import devml.tensor.Rows;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code manifest.json}, beside what a run wrote: what came out of what, so that it can be had again. It holds no times
 * and no machine's name: the same run writes the same bytes.
 *
 * @param version of devml
 * @param evaluator what evaluated the equations
 * @param workload what ran
 * @param outputs the tensors that were written
 */
public record Manifest(String version, String evaluator, Workload workload, Outputs outputs) {
    private static final String NAME = "manifest.json";
    private static final String TOOL = "devml";

    /**
     * Writes the manifest of a directory.
     *
     * @param written the files of tensors in it
     * @throws Fault if it cannot be written, or a file that the network names has gone
     */
    public void write(Path directory, List<Path> written) {
        try {
            Files.writeString(directory.resolve(NAME), text(directory, written));
        } catch (IOException e) {
            throw Fault.of(directory.resolve(NAME) + ": cannot be written: " + FileAccess.reason(e), e);
        }
    }

    /** The files in a directory that its manifest lists, relative to it, and the manifest; none if it has no manifest. */
    static Set<Path> files(Path directory) throws IOException {
        Path manifest = directory.resolve(NAME);
        if (!Files.isRegularFile(manifest)) {
            return Set.of();
        }
        Set<Path> files = new HashSet<>(Set.of(Path.of(NAME)));
        try {
            if (JsonParser.parseString(Files.readString(manifest)) instanceof JsonObject json
                    && new JsonPrimitive(TOOL).equals(json.get("tool"))
                    && json.get("outputs") instanceof JsonObject outputs) {
                outputs.keySet().forEach(file -> files.add(Path.of(file)));
                return files;
            }
        } catch (JsonParseException | MalformedInputException | InvalidPathException _) {
            // somebody else's
        }
        return Set.of();
    }

    private String text(Path directory, List<Path> written) throws IOException {
        NetworkFile file = workload.network().file();
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(FormattingStyle.PRETTY.withNewline("\n"));
            json.beginObject();
            json.name("tool").value(TOOL);
            json.name("version").value(version);
            json.name("network").beginObject();
            json.name("name").value(file.name());
            json.name("file").value(slashed(Path.of(file.source().name())));
            json.name("sha256").value(sha256(new ByteArrayInputStream(bytes(file))));
            json.endObject();
            json.name("dtype").value(workload.dtype().toString());
            json.name("random").beginObject();
            json.name("generator").value(file.random().kind().toString());
            json.name("seed").value(workload.seed());
            json.endObject();
            json.name("evaluator").value(evaluator);
            json.name("loss");
            loss(json);
            json.name("tensors").beginObject();
            for (Map.Entry<String, Rows> tensor : outputs.named().entrySet()) {
                shape(json.name(tensor.getKey()), tensor.getValue());
            }
            json.endObject();
            digests(json.name("inputs"), inputs(file));
            Map<String, Path> files = new LinkedHashMap<>();
            written.forEach(path -> files.put(slashed(directory.relativize(path)), path));
            digests(json.name("outputs"), files);
            json.endObject();
        }
        return text + "\n";
    }

    /** What was read; what came through a pipe cannot be read twice, and is its text. */
    private static byte[] bytes(NetworkFile file) throws IOException {
        Path path = Path.of(file.source().name());
        return Files.isRegularFile(path)
                ? Files.readAllBytes(path)
                : file.source().text().getBytes(StandardCharsets.UTF_8);
    }

    private void loss(JsonWriter json) throws IOException {
        if (outputs.loss().isEmpty()) {
            json.nullValue();
        } else {
            Json.writeOnOneLine(outputs.loss().get(), json);
        }
    }

    private static void shape(JsonWriter json, Rows tensor) throws IOException {
        FormattingStyle indented = json.getFormattingStyle();
        json.beginArray();
        json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
        for (int extent : tensor.dims()) {
            json.value(extent);
        }
        json.endArray();
        json.setFormattingStyle(indented);
    }

    private static void digests(JsonWriter json, Map<String, Path> files) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try (InputStream in = Files.newInputStream(file.getValue())) {
                json.name(file.getKey()).value(sha256(in));
            }
        }
        json.endObject();
    }

    /** The files that a network names and a run reads. */
    private static Map<String, Path> inputs(NetworkFile file) {
        Stream<DataSpec> data = Stream.of(
                        file.inputs().stream().map(InputSpec::data),
                        file.parameters().stream().map(ParameterSpec::data),
                        file.outputGradient().stream())
                .flatMap(specs -> specs);
        Stream<FileName> named =
                data.filter(DataSpec.FromFile.class::isInstance).map(spec -> ((DataSpec.FromFile) spec).file());
        Map<String, Path> files = new LinkedHashMap<>();
        Stream.concat(file.definitions().stream(), named).forEach(name -> files.put(slashed(name.path()), name.path()));
        return files;
    }

    private static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    /** Piece by piece: data sets may be larger than memory. */
    private static String sha256(InputStream bytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
