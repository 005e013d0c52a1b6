package devml.report;

import com.google.gson.stream.JsonWriter;
import devml.check.Certificate;
import devml.check.Comparison;
import devml.check.Deviation;
import devml.check.Entry;
import devml.check.FileComparison;
import devml.check.FileEquations;
import devml.check.FileResult;
import devml.check.TensorResult;
import devml.check.Tolerance;
import devml.fault.Place;
import devml.run.OpenComparison;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Formats comparisons as JSON: {@code {"verdict", "files": [{"file", "verdict", "tensors": [...]}]}}, with
 * {@code "gradients"} instead of {@code "tensors"} where equations were checked. A file that could not be checked has
 * the verdict {@code error} and a message, and makes the overall verdict {@code error}.
 */
public final class ComparisonJson {
    private static final String ERROR = "error";

    private ComparisonJson() {}

    /** Returns one document for all files, ending with a line feed. */
    public static String of(List<? extends FileResult> files) {
        return Json.of(json -> {
            json.beginObject();
            json.name("verdict").value(verdict(files));
            json.name("files").beginArray();
            for (FileResult file : files) {
                switch (file) {
                    case FileComparison comparison -> write(json, comparison);
                    case FileEquations equations -> EquationsJson.write(json, equations);
                    case FileResult.Unusable unusable -> write(json, unusable);
                }
            }
            json.endArray();
            json.endObject();
        });
    }

    private static String verdict(List<? extends FileResult> files) {
        return FileResult.verdict(files).map(ComparisonJson::lower).orElse(ERROR);
    }

    private static void write(JsonWriter json, FileResult.Unusable file) throws IOException {
        json.beginObject();
        json.name("file").value(file.file());
        json.name("verdict").value(ERROR);
        json.name("message").value(file.fault().getMessage());
        if (file.fault().place().isPresent()) {
            Place place = file.fault().place().get();
            json.name("line").value(place.line());
            json.name("column").value(place.column());
        }
        json.name("tensors").beginArray().endArray();
        json.endObject();
    }

    private static void write(JsonWriter json, FileComparison file) throws IOException {
        Comparison comparison = file.comparison();
        json.beginObject();
        json.name("file").value(file.file());
        json.name("verdict").value(lower(comparison.verdict()));
        if (comparison.isVacuous()) {
            json.name("message").value(Explanation.VACUOUS);
        }
        if (file.certificate().isPresent()) {
            write(json.name("oracle"), file.certificate().get());
        }
        json.name("tensors").beginArray();
        for (TensorResult result : comparison.results()) {
            write(json, result);
        }
        json.endArray();
        json.endObject();
    }

    private static void write(JsonWriter json, Certificate certificate) throws IOException {
        json.beginObject();
        json.name("dtype").value(certificate.proof().dtype().toString());
        write(json, certificate.tolerance());
        json.name("left_out").value(certificate.leftOut());
        json.name("open_comparisons").beginArray();
        for (OpenComparison comparison : certificate.proof().open()) {
            write(json, comparison);
        }
        json.endArray();
        json.name("near_kinks").beginArray();
        for (OpenComparison comparison : certificate.proof().near()) {
            write(json, comparison);
        }
        json.endArray();
        json.endObject();
    }

    /** Writes a tolerance; null if there is none. */
    private static void write(JsonWriter json, Optional<Tolerance> tolerance) throws IOException {
        if (tolerance.isPresent()) {
            Json.number(json, "rtol", tolerance.get().rtol());
            Json.number(json, "atol", tolerance.get().atol());
        } else {
            json.name("rtol").nullValue();
            json.name("atol").nullValue();
        }
    }

    private static void write(JsonWriter json, OpenComparison comparison) throws IOException {
        json.beginObject();
        if (comparison.batch().isPresent()) {
            json.name("batch").value(comparison.batch().getAsInt());
        }
        json.name("layer").value(comparison.layer());
        json.name("tensor").value(comparison.tensor());
        json.name("index");
        Json.integers(json, comparison.index());
        json.name("definition").value(comparison.place().source().name());
        json.name("line").value(comparison.place().line());
        json.name("column").value(comparison.place().column());
        Json.number(json, "left", comparison.left());
        json.name("relation").value(lower(comparison.relation()));
        Json.number(json, "right", comparison.right());
        json.name("tie").value(comparison.isTie());
        json.name("taken_as").value(comparison.holds());
        json.name("dependents").beginObject();
        for (Map.Entry<String, List<List<Integer>>> tensor :
                comparison.dependents().entrySet()) {
            json.name(tensor.getKey()).beginArray();
            for (List<Integer> index : tensor.getValue()) {
                Json.integers(json, index);
            }
            json.endArray();
        }
        json.endObject();
        json.endObject();
    }

    private static void write(JsonWriter json, TensorResult result) throws IOException {
        json.beginObject();
        json.name("tensor").value(result.name());
        json.name("verdict").value(lower(result.verdict()));
        switch (result) {
            case TensorResult.Compared compared -> write(json, compared);
            case TensorResult.ShapeMismatch mismatch -> {
                Json.shape(json, "shape", mismatch.value());
                Json.shape(json, "reference_shape", mismatch.reference());
            }
            case TensorResult.Missing missing -> Json.shape(json, "reference_shape", missing.shape());
            case TensorResult.Unexpected unexpected -> Json.shape(json, "shape", unexpected.shape());
        }
        json.name("message").value(Explanation.sentence(result));
        json.endObject();
    }

    private static void write(JsonWriter json, TensorResult.Compared compared) throws IOException {
        Json.shape(json, "shape", compared.shape());
        write(json, compared.tolerance());
        json.name("entries").value(compared.shape().size());
        json.name("failing").value(compared.failing());
        if (compared.proven().isPresent()) {
            json.name("inconclusive").value(compared.inconclusive());
            if (compared.proven().get().first().isPresent()) {
                write(
                        json.name("first_inconclusive"),
                        compared.proven().get().first().get());
            }
            Json.number(json, "median_relative_radius", compared.proven().get().radius());
        }
        Json.number(json, "max_absolute_error", compared.maxAbsolute());
        Json.number(json, "max_relative_error", compared.maxRelative());
        Json.number(json, "max_ulps", compared.maxUlps());
        Json.number(json, "max_norm_relative_error", compared.maxNorm());
        if (compared.worst().isPresent()) {
            write(json.name("worst"), compared.worst().get());
        }
    }

    private static void write(JsonWriter json, Entry worst) throws IOException {
        Deviation deviation = worst.deviation();
        json.beginObject();
        json.name("index");
        Json.integers(json, worst.index());
        Json.number(json, "value", worst.value());
        Json.number(json, "reference", worst.reference());
        Json.number(json, "absolute_error", deviation.absolute());
        Json.number(json, "relative_error", deviation.relative());
        Json.number(json, "ulps", deviation.ulps());
        Json.number(json, "bound", deviation.bound());
        Json.number(json, "times_bound", deviation.multiple());
        json.endObject();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
