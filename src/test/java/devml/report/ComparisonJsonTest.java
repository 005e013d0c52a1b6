package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import devml.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {

    private static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void holdsEveryResult() {
        JsonObject json = parse(ComparisonJson.of(Samples.files()));
        assertThat(json.get("verdict").getAsString()).isEqualTo("fail");
        JsonArray files = json.getAsJsonArray("files");
        assertThat(files).hasSize(3);
        JsonObject mixed = files.get(0).getAsJsonObject();
        assertThat(mixed.get("file").getAsString()).isEqualTo("nets/a.yaml");
        JsonArray tensors = mixed.getAsJsonArray("tensors");
        assertThat(tensors)
                .extracting(tensor -> tensor.getAsJsonObject().get("verdict").getAsString())
                .containsExactly("fail", "pass", "fail", "unchecked", "fail");
        assertThat(tensors.get(0)).isEqualTo(JsonParser.parseString("""
                {"tensor": "conv.weight", "verdict": "fail", "shape": [2, 2], "rtol": 0.0625, "atol": 0.0625,
                 "entries": 4, "failing": 1, "max_absolute_error": 0.5, "max_relative_error": 0.16666666666666666,
                 "max_ulps": 1125899906842624.0, "max_norm_relative_error": 0.125,
                 "worst": {"index": [1, 0], "value": 3.5, "reference": 3.0, "absolute_error": 0.5,
                           "relative_error": 0.16666666666666666, "ulps": 1125899906842624.0, "bound": 0.25,
                           "times_bound": 2.0},
                 "message": "1 of 4 entries beyond their bounds; the worst, conv.weight[1, 0], is 3.5000000000000000, \
                reference 3.0000000000000000: 2 times the bound"}
                """));
        assertThat(tensors.get(2)).isEqualTo(JsonParser.parseString("""
                {"tensor": "fc.weight", "verdict": "fail", "shape": [1, 2], "reference_shape": [2, 1],
                 "message": "shape (1, 2), but (2, 1) in the reference"}
                """));
        assertThat(files.get(2).getAsJsonObject().get("message").getAsString()).startsWith("nothing was compared");
    }

    /** NaN and infinities are no JSON numbers. */
    @Test
    void isStrictJson() {
        Shape one = Shape.of(1);
        String text = ComparisonJson.of(List.of(Samples.file(
                "a\n\"b\"",
                Samples.of(Samples.doubles(one, Double.NaN), Samples.doubles(one, Double.NEGATIVE_INFINITY)))));
        JsonObject file = parse(text).getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(file.get("file").getAsString()).isEqualTo("a\n\"b\"");
        JsonObject worst =
                file.getAsJsonArray("tensors").get(0).getAsJsonObject().getAsJsonObject("worst");
        assertThat(worst.get("value").getAsString()).isEqualTo("NaN");
        assertThat(worst.get("reference").getAsString()).isEqualTo("-Infinity");
        assertThat(worst.get("times_bound").getAsString()).isEqualTo("Infinity");
        assertThat(text).contains("\"value\": \"NaN\"");
    }

    @Test
    void writesAnIndexOnOneLine() {
        assertThat(ComparisonJson.of(Samples.files()))
                .contains("\"index\": [1, 0],\n")
                .endsWith("}\n");
    }
}
