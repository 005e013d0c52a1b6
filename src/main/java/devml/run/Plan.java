package devml.run;

import devml.fast.ProgramPlan;
import devml.fast.Route;
import devml.network.Network;
import devml.tensor.DType;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the fast evaluator runs a network.
 *
 * @param network which network
 * @param rows one for each equation, or loop of equations, in the order in which they run
 */
public record Plan(Network network, List<Row> rows) {
    public Plan {
        rows = List.copyOf(rows);
    }

    /**
     * How an equation runs.
     *
     * @param routes those of its parts, in order; for a loop, those of all steps
     * @param innermost the extent of the dimension that what it writes keeps innermost, though users see it elsewhere;
     *     empty if that lies in row-major order
     */
    public record Row(OwnedStatement equation, List<Route> routes, OptionalInt innermost) {
        public Row {
            routes = List.copyOf(routes);
        }
    }

    /** Plans a network, as for a run that wants the gradients of all parameters and perhaps inputs. */
    public static Plan of(Network network, boolean inputGradients, DType dtype) {
        Program program = Program.of(network, Selection.gradients(network, inputGradients));
        ProgramPlan plan = FastEvaluator.plan(program);
        return new Plan(
                network,
                OwnedStatement.of(program, dtype).stream()
                        .map(owned -> new Row(
                                owned,
                                plan.routes(owned.statement()),
                                plan.innermost(owned.statement()
                                        .assignments()
                                        .getFirst()
                                        .target()
                                        .tensor())))
                        .toList());
    }
}
