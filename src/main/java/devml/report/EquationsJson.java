package devml.report;

import com.google.gson.stream.JsonWriter;
import devml.check.FileEquations;
import devml.check.Verdict;
import devml.gradcheck.EquationResult;
import devml.gradcheck.Finding;
import devml.notation.Equation;
import java.io.IOException;
import java.util.List;

/**
 * Formats the check of backward equations as JSON. Each gradient has its verdict, how much was compared, and its
 * equations with their places; if it does not pass, also the first wrong entry, the equations of the tensors that these
 * read, and the derived equations.
 */
final class EquationsJson {
    private EquationsJson() {}

    static void write(JsonWriter json, FileEquations file) throws IOException {
        json.beginObject();
        json.name("file").value(file.file());
        json.name("verdict").value(ComparisonJson.lower(file.verdict()));
        json.name("gradients").beginArray();
        for (EquationResult result : file.results()) {
            write(json, result);
        }
        json.endArray();
        json.endObject();
    }

    private static void write(JsonWriter json, EquationResult result) throws IOException {
        json.beginObject();
        json.name("gradient").value(result.gradient());
        json.name("verdict").value(ComparisonJson.lower(FileEquations.verdict(result)));
        json.name("entries").value(result.entries());
        json.name("at_ties").value(result.conventions());
        json.name("skipped").value(result.singular());
        write(json.name("equations"), result.equations());
        json.name("message").value(EquationFinding.sentence(result));
        if (result.finding().isPresent()) {
            write(json.name("finding"), result.finding().get());
        }
        if (FileEquations.verdict(result) != Verdict.PASS) {
            write(json.name("reads"), result.read());
            DefinitionText.strings(json, "derived", EquationFinding.derived(result));
        }
        json.endObject();
    }

    private static void write(JsonWriter json, List<Equation> equations) throws IOException {
        json.beginArray();
        for (Equation equation : equations) {
            json.beginObject();
            json.name("equation").value(equation.toString());
            json.name("file").value(equation.target().place().source().name());
            json.name("line").value(equation.target().place().line());
            json.name("column").value(equation.target().place().column());
            json.endObject();
        }
        json.endArray();
    }

    private static void write(JsonWriter json, Finding finding) throws IOException {
        json.beginObject();
        json.name("index");
        Json.integers(json, finding.index());
        Json.number(json, "value", finding.value());
        Json.number(json, "derivative", finding.derivative());
        json.name("at_tie").value(finding.isConvention());
        json.name("setting").value(finding.probe().setting());
        json.name("numbers").value(finding.probe().kind());
        json.endObject();
    }
}
