package devml.gradcheck;

import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.notation.Equation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.commons.numbers.core.DD;

/** Holds the gradients that backward equations compute against the derivative of the forward ones, at many probes. */
public final class EquationCheck {
    /**
     * Relative to the magnitudes that are added up. Double-doubles err by 1e-30; but a constant that an equation has as a
     * decimal, 0.134145 for 3*0.044715 say, is rounded to float64 before, by 1e-16. No slip is as small as this.
     */
    private static final double TOLERANCE = 1e-13;

    /** What roundings leave of numbers of about 1 that cancel within an entry. */
    private static final double CANCELLED = 1e-25;

    /** How many directions are tried for one gradient at one probe before what was found must do. */
    private static final int MAX_DIRECTIONS = 80;

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private EquationCheck() {}

    /**
     * Checks a layer at some points.
     *
     * @param probes of one definition, bound to whatever; a point at which the forward equations fail must not be among
     *     them
     * @param progress is told how many points are done
     */
    public static List<EquationResult> of(List<Jacobian> probes, IntConsumer progress) {
        EquationCheck check = new EquationCheck();
        for (int i = 0; i < probes.size(); i++) {
            check.at(probes.get(i), probes.get(i).probe());
            progress.accept(i + 1);
        }
        return check.results();
    }

    /** As {@link #of}, of other versions of the same layer at the same points, up to the first finding or missing gradient. */
    public static Optional<EquationResult> firstFinding(Map<Jacobian, BoundLayer> versions) {
        EquationCheck check = new EquationCheck();
        for (Map.Entry<Jacobian, BoundLayer> version : versions.entrySet()) {
            check.at(version.getKey(), version.getKey().probe().at(version.getValue()));
            Optional<EquationResult> found = check.results().stream()
                    .filter(result -> result.finding().isPresent() || result.isUnset())
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<EquationResult> results() {
        return tallies.entrySet().stream()
                .map(tally -> tally.getValue().result(tally.getKey()))
                .toList();
    }

    private void at(Jacobian jacobian, Probe probe) {
        probe.layer().requireBackward(probe.layer().name());
        Probe.Run run = probe.start();
        run.all(probe.layer().forward());
        run.all(probe.layer().backward());
        for (BoundTensor variable : Probe.variables(probe.layer())) {
            Optional<BoundTensor> gradient = probe.layer().gradient(variable.name());
            if (gradient.isPresent() || variable.role() == Role.PARAM) {
                Tally tally = tallies.computeIfAbsent("d" + variable.input(), _ -> new Tally(probe.layer()));
                tally.equations.addAll(equations(probe.layer(), "d" + variable.input()));
                gradient.ifPresent(g -> new Comparison(jacobian, probe, run, variable, g, tally).all());
            }
        }
    }

    /** The equations that set a gradient; of a broadcast input, those that set the expanded one's. */
    private static List<Equation> equations(BoundLayer layer, String gradient) {
        Optional<BoundTensor> target = layer.tensor(gradient);
        return layer.backward().stream()
                .filter(e -> target.isPresent()
                        && e.assignment().target().tensor() == target.get().number())
                .map(BoundEquation::syntax)
                .toList();
    }

    /** What has been found about one gradient so far. */
    private static final class Tally {
        private final BoundLayer layer;
        private final Set<Equation> equations = new LinkedHashSet<>();
        private long entries;
        private long conventions;
        private long singular;
        private Optional<Finding> finding = Optional.empty();

        Tally(BoundLayer layer) {
            this.layer = layer;
        }

        boolean hasFailed() {
            return finding.filter(f -> !f.isConvention()).isPresent();
        }

        EquationResult result(String gradient) {
            return new EquationResult(
                    gradient, layer.definition(), new ArrayList<>(equations), entries, conventions, singular, finding);
        }
    }

    /** One gradient at one probe. */
    private static final class Comparison {
        private final Jacobian jacobian;
        private final Probe probe;
        private final Probe.Run run;
        private final BoundTensor variable;
        private final BoundTensor gradient;
        private final Tally tally;
        private int directions;

        Comparison(
                Jacobian jacobian,
                Probe probe,
                Probe.Run run,
                BoundTensor variable,
                BoundTensor gradient,
                Tally tally) {
            this.jacobian = jacobian;
            this.probe = probe;
            this.run = run;
            this.variable = variable;
            this.gradient = gradient;
            this.tally = tally;
        }

        void all() {
            compare(0, variable.view().size());
        }

        private void compare(int from, int to) {
            if (from == to || tally.hasFailed() || ++directions > MAX_DIRECTIONS) {
                return;
            }
            Slope slope = jacobian.along(variable, from, to);
            DD value = DD.ZERO;
            double size = 0;
            var direction = Jacobian.direction(variable, from, to);
            for (int i = from; i < to; i++) {
                DD entry = run.numbers().dual(gradient.number(), i).value();
                DD term = entry.multiply(direction.get(i));
                value = value.add(entry.isFinite() ? term : entry);
                size += Math.abs(term.hi());
            }
            boolean isSingle = to == from + 1;
            if (agree(slope, value, size) && (isSingle || slope.isFinite())) {
                tally.entries += to - from;
                tally.conventions += slope.isConvention() ? to - from : 0;
            } else if (!isSingle) {
                int middle = (from + to) >>> 1;
                compare(from, middle);
                compare(middle, to);
            } else if (slope.isUnclear() || !slope.isFinite() || (!value.isFinite() && slope.isSingular())) {
                tally.singular++;
            } else {
                differ(from, value.hi(), slope);
            }
        }

        private static boolean agree(Slope slope, DD value, double size) {
            if (!slope.isFinite() || !value.isFinite()) {
                return Double.compare(slope.value().hi(), value.hi()) == 0;
            }
            double difference = Math.abs(value.subtract(slope.value()).hi());
            return difference <= TOLERANCE * Math.max(size, slope.size()) + CANCELLED;
        }

        private void differ(int entry, double value, Slope slope) {
            tally.entries++;
            tally.conventions += slope.isConvention() ? 1 : 0;
            if (tally.finding.isEmpty() || !slope.isConvention()) {
                tally.finding = Optional.of(new Finding(
                        variable.shape().index(entry), value, slope.value().hi(), slope.isConvention(), probe));
            }
        }
    }
}
