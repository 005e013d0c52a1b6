package devml.derive;

import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A definition without backward equations that is drawn at random: a few tensors that read one another, of reductions in
 * reductions, at other indices, at positions, under conditions. Most that are drawn are ones that the language takes.
 */
final class DrawnDefinition {
    /** What a network makes of it. */
    record Setting(String options, Map<String, Shape> shapes) {}

    /** A tensor that expressions may read, with the sizes of its dimensions. */
    private record Operand(String name, List<String> sizes) {}

    /** The sizes, all different; A is a group. */
    private static final Map<String, Shape> EXTENTS =
            Map.of("N", Shape.of(4), "K", Shape.of(3), "R", Shape.of(2), "I", Shape.of(5), "A", Shape.of(2, 3));

    private final SplittableRandom random;
    private final boolean hasGroup;
    private final boolean hasFamily;
    private final boolean hasOption;
    private final boolean hasOptional;
    private final boolean hasLabel;
    private final boolean isLoss;

    /** The size in which a short name is a position, or none, and the index from which it is counted. */
    private final String positioned;

    private final String base;
    private final List<String> where = new ArrayList<>();
    private final List<String> forward = new ArrayList<>();
    private final List<Operand> given = new ArrayList<>();
    private final List<Operand> computed = new ArrayList<>();
    private final List<String> declared = new ArrayList<>();
    private final List<Operand> places = new ArrayList<>();

    /** Whether some point of a window is inside wherever it lies: a maximum of no points is an error. */
    private final boolean isInside;

    /** A short name for an expression, and the indices that stand in it. */
    private final Map<String, List<String>> shortNames = new LinkedHashMap<>();

    private DrawnDefinition(long seed) {
        random = new SplittableRandom(seed);
        hasGroup = chance(25);
        hasFamily = chance(15);
        hasOption = chance(20);
        hasOptional = chance(15);
        hasLabel = chance(20);
        isLoss = chance(12);
        positioned = one("", "", "N", "N", "K");
        boolean isOfWindows = positioned.equals("N") && chance(30);
        base = isOfWindows ? "i" : positioned.isEmpty() ? "" : positioned.toLowerCase(Locale.ROOT) + "'";
        where.add("R = 2");
        where.add("I = N + 1");
        String position = isOfWindows
                ? one("i + r - 1", "i - r", "2*i - r - 1", "N - i + r - 1")
                : one("%s + r - 1", "%s - r", "2*%s - r", "%s + 2*r - 1", positioned + " - 1 - %s + r")
                        .formatted(base);
        isInside = !position.startsWith("2*");
        if (!positioned.isEmpty()) {
            where.add(positioned.toLowerCase(Locale.ROOT) + " = " + position);
        }
        declare();
        equations();
    }

    static DrawnDefinition of(long seed) {
        return new DrawnDefinition(seed);
    }

    String text() {
        String options = (hasOption ? "  flag: bool\n" : "") + (isLoss ? "  reduction: none or mean or sum\n" : "");
        return "layer: drawn\n" + (options.isEmpty() ? "" : "options:\n" + options) + block("tensors", declared)
                + block("where", where) + block("forward", forward);
    }

    /** Every value of its options, with all inputs: what is absent makes indices vanish that are summed. */
    List<Setting> settings() {
        List<String> reductions = isLoss ? List.of("reduction: mean", "reduction: none") : List.of("");
        List<String> flags = hasOption ? List.of("flag: true", "flag: false") : List.of("");
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < Math.max(reductions.size(), Math.max(flags.size(), 1)); i++) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put("x", shape("N", "K"));
            shapes.put("v", shape("N"));
            if (hasGroup) {
                shapes.put("g", shape("A", "K"));
            }
            if (hasFamily) {
                shapes.put("m.0", shape("N", "K"));
                shapes.put("m.1", shape("N", "K"));
            }
            if (hasOptional) {
                shapes.put("o", shape("N"));
            }
            if (hasLabel) {
                shapes.put("label", shape("N"));
            }
            String options = List.of(reductions.get(i % reductions.size()), flags.get(i % flags.size())).stream()
                    .filter(option -> !option.isEmpty())
                    .collect(Collectors.joining(", ", "{", "}"));
            settings.add(new Setting(options, shapes));
        }
        return settings;
    }

    private static Shape shape(String... sizes) {
        return new Shape(List.of(sizes).stream()
                .flatMap(s -> EXTENTS.get(s).dims().stream())
                .toList());
    }

    private static String block(String key, List<String> lines) {
        return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining("", key + ": |\n", ""));
    }

    // Tensors

    private void declare() {
        declared.add("input  x[N, K]");
        declared.add("input  v[N]");
        declared.add("param  w[K, R]");
        declared.add("param  u[R]");
        given.add(new Operand("x", List.of("N", "K")));
        given.add(new Operand("v", List.of("N")));
        given.add(new Operand("w", List.of("K", "R")));
        given.add(new Operand("u", List.of("R")));
        declare(chance(25), "param  c[N, K, R]", new Operand("c", List.of("N", "K", "R")));
        declare(chance(25), "param  e[N, N]", new Operand("e", List.of("N", "N")));
        declare(hasGroup, "input  g[A..., K]", new Operand("g", List.of("A", "K")));
        declare(hasOptional, "input  o[N] when given else 0.5", new Operand("o", List.of("N")));
        declare(hasOption, "param  b[K]", new Operand("b", List.of("K")));
        if (hasFamily) {
            declared.add("input  m.q[N, K]");
        }
        if (hasLabel) {
            declared.add("input  label[N] in K");
            places.add(new Operand("label", List.of("N")));
        }
    }

    private void declare(boolean isThere, String line, Operand tensor) {
        if (isThere) {
            declared.add(line);
            given.add(tensor);
        }
    }

    private void output(String name, List<String> sizes) {
        declared.add("output " + name + "["
                + sizes.stream().map(s -> s.equals("A") ? "A..." : s).collect(Collectors.joining(", ")) + "]");
    }

    // Equations

    private void equations() {
        int count = 1 + random.nextInt(4);
        if (chance(20)) {
            List<String> scope = scope(target());
            if (!scope.isEmpty()) {
                String value = expression(scope, 2);
                where.add("s = " + value);
                shortNames.put("s", scope);
            }
        }
        for (int i = 0; i < count; i++) {
            if (chance(12)) {
                place("p" + i);
            }
            equation(List.of("f", "g1", "h", "z").get(i), target());
        }
        List<Operand> locals = List.copyOf(computed);
        if (isLoss) {
            List<String> scope = scope(List.of("N"));
            forward.add("l[%s] = %s".formatted(scope.getFirst(), expression(scope, 3)));
            String total = chance(50) ? "N" : "(1 + sum(r: u[r]^2))";
            declared.add("output y = reduce(l[%s], %s)".formatted(scope.getFirst(), total));
        } else {
            equation("y", target());
            output("y", computed.getLast().sizes());
        }
        places.reversed().stream()
                .filter(place -> !isRead(place))
                .forEach(place -> forward.removeIf(line -> line.startsWith(place.name() + "[")));
        for (Operand local : locals) {
            if (!isRead(local) || chance(25)) {
                output(local.name(), local.sizes());
            }
        }
    }

    /** Whether another equation has the tensor. */
    private boolean isRead(Operand tensor) {
        String element = tensor.name() + "[";
        boolean isInShortName = where.stream().anyMatch(line -> line.contains(element));
        return isInShortName
                || forward.stream()
                        .map(String::strip)
                        .anyMatch(line -> !line.startsWith(element) && line.contains(element));
    }

    /** The sizes of a tensor that an equation sets. */
    private List<String> target() {
        List<List<String>> all = new ArrayList<>(List.of(
                List.of("N"),
                List.of("K"),
                List.of("N", "K"),
                List.of("N", "K"),
                List.of("N", "K"),
                List.of("N", "R"),
                List.of("N", "N"),
                List.of("N", "K", "R"),
                List.of("I"),
                List.of("I", "K"),
                List.of()));
        if (hasGroup) {
            all.addAll(List.of(List.of("A"), List.of("A", "K"), List.of("N", "A")));
        }
        return all.get(random.nextInt(all.size()));
    }

    /** An index for each size, those of one size apart. */
    private List<String> scope(List<String> sizes) {
        List<String> scope = new ArrayList<>();
        sizes.forEach(size -> scope.add(fresh(size, scope)));
        return scope;
    }

    private void place(String name) {
        List<String> scope = scope(List.of("N"));
        List<String> inner = with(scope, fresh("K", scope));
        forward.add("%s[%s] = %s(%s: %s)"
                .formatted(name, scope.getFirst(), one("argmax", "argmin"), inner.getLast(), access(inner)));
        places.add(new Operand(name, List.of("N")));
    }

    private void equation(String name, List<String> sizes) {
        List<String> scope = scope(sizes);
        String target = name + "[" + String.join(",", scope) + "]";
        int depth = 2 + random.nextInt(3);
        int kind = random.nextInt(100);
        if (kind < 15) {
            forward.add(target + " += " + added(scope));
        } else if (kind < 20) {
            forward.add(target + " += " + added(scope) + " | " + condition(scope));
        } else if (kind < 26 && !scope.isEmpty() && !sizes.getFirst().equals("A")) {
            forward.add("%s = %s | %s == 0".formatted(target, expression(scope, depth), scope.getFirst()));
            forward.add("%s = %s | %s > 0".formatted(target, expression(scope, depth), scope.getFirst()));
        } else if (kind < 34 && !scope.isEmpty() && !sizes.getFirst().equals("A")) {
            steps(name, scope, depth);
        } else if (kind < 38 && sizes.equals(List.of("N", "K")) && !name.equals("y")) {
            declared.add("local  " + name + "[N, 2*K]");
            forward.add("%s[%s,2*%s] = %s".formatted(name, scope.get(0), scope.get(1), expression(scope, depth)));
            forward.add("%s[%s,2*%s + 1] = %s".formatted(name, scope.get(0), scope.get(1), expression(scope, depth)));
            String half = name + "2";
            forward.add("%s[%s] = %s[%s,%s + %s]"
                    .formatted(half, String.join(",", scope), name, scope.get(0), scope.get(1), one("0", "1", "K")));
            computed.add(new Operand(half, sizes));
            return;
        } else if (kind < 42 && hasOption) {
            forward.add("%s = %s | flag".formatted(target, expression(scope, depth)));
            forward.add("%s = %s | not flag".formatted(target, expression(scope, depth)));
        } else {
            forward.add(target + " = " + expression(scope, depth));
        }
        computed.add(new Operand(name, sizes));
    }

    /** A loop in which each step reads the one before. */
    private void steps(String name, List<String> scope, int depth) {
        String step = scope.getFirst();
        boolean isDown = chance(40);
        List<String> others = scope.subList(1, scope.size());
        String before = step
                + (isDown ? " + 1" : " - 1")
                + others.stream().map(i -> "," + i).collect(Collectors.joining());
        String last = "(%s[%s] else %s)".formatted(name, before, chance(50) ? "0" : access(others));
        forward.add("for %s%s:".formatted(step, isDown ? " down" : ""));
        forward.add("  %s[%s] = %s"
                .formatted(
                        name,
                        String.join(",", scope),
                        one("0.5*%1$s + %2$s", "%1$s*%3$s + %2$s", "tanh(%1$s + %2$s)", "max(%1$s, %2$s)")
                                .formatted(last, expression(scope, depth - 1), access(scope))));
    }

    /** Terms of a sum over the indices that the target does not name, each of which has all of them. */
    private String added(List<String> scope) {
        List<String> all = new ArrayList<>(scope);
        String size = one("N", "K", "R");
        all.add(fresh(size, all));
        if (chance(40)) {
            all.add(fresh(one("N", "K", "R"), all));
        }
        List<String> extra = all.subList(scope.size(), all.size());
        return IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(_ ->
                        extra.stream().map(this::factor).collect(Collectors.joining("*")) + "*" + expression(all, 1))
                .collect(Collectors.joining(" + "));
    }

    /** An access that has an index. */
    private String factor(String index) {
        return switch (size(index)) {
            case "N" -> "v[" + index + "]";
            case "R" -> "u[" + index + "]";
            case "K" -> "w[" + index + "," + one("0", "1") + "]";
            default -> throw new IllegalArgumentException(index);
        };
    }

    // Expressions

    private String expression(List<String> scope, int depth) {
        int kind = random.nextInt(depth <= 0 ? 18 : 100);
        if (kind < 18) {
            return access(scope);
        }
        int d = depth - 1;
        return switch ((kind - 18) / 2) {
            case 0, 1, 2, 3, 4, 5 -> factors(expression(scope, d), expression(scope, d));
            case 6, 7, 8 -> "(%s + %s)".formatted(expression(scope, d), expression(scope, d));
            case 9, 10 -> "(%s - %s)".formatted(expression(scope, d), expression(scope, d));
            case 11 -> "%s/(1 + (%s)^2)".formatted(access(scope), expression(scope, d));
            case 12 ->
                "%s(%s)".formatted(one("tanh", "sigmoid", "sin", "cos", "erf", "softplus"), expression(scope, d));
            case 13 -> "exp(-(%s)^2)".formatted(expression(scope, d));
            case 14 ->
                one("abs(%s)", "sign(%s)", "floor(%s)", "stop(%s)", "(%s)^2", "(%s)^3", "-(%s)", "clamp(%s, -0.5, 0.7)")
                        .formatted(expression(scope, d));
            case 15 ->
                one(
                                "sqrt(1 + (%s)^2)",
                                "log(2 + cos(%s))", "log1p((%s)^2)", "straight(%1$s, floor(%1$s))", "expm1(sin(%s))")
                        .formatted(expression(scope, d));
            case 16, 17, 18 ->
                "where(%s, %s, %s)".formatted(condition(scope), expression(scope, d), expression(scope, d));
            case 19, 20 -> "%s(%s, %s)".formatted(one("max", "min"), expression(scope, d), expression(scope, d));
            default -> reduction(scope, d);
        };
    }

    private String factors(String a, String b) {
        return chance(50) ? a + "*" + b : "(" + a + ")*(" + b + ")";
    }

    private String reduction(List<String> scope, int depth) {
        if (hasFamily && chance(15) && !scope.contains("q")) {
            String body = member(scope, "q");
            return "%s(q: %s)".formatted(one("sum", "prod"), body + "*" + expression(scope, depth - 1));
        }
        if (!positioned.isEmpty() && !scope.contains("r") && chance(45)) {
            List<String> inner = new ArrayList<>(scope);
            if (!inner.contains(base)) {
                inner.add(base);
            }
            if (chance(20)) {
                inner.add(fresh(one("N", "K"), inner));
            }
            inner.add("r");
            List<String> bound = inner.subList(scope.size(), inner.size());
            String reduction = isInside
                    ? one("sum", "sum", "sum", "mean", "max", "min", "logsumexp", "prod")
                    : one("sum", "logsumexp", "prod");
            return "%s(%s: %s*%s)"
                    .formatted(
                            reduction, String.join(",", bound), positionedAccess(inner), expression(inner, depth - 1));
        }
        List<String> inner = new ArrayList<>(scope);
        int count = chance(20) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            inner.add(fresh(one(hasGroup ? "A" : "N", "N", "K", "K", "R"), inner));
        }
        List<String> bound = inner.subList(scope.size(), inner.size());
        String reduction = one("sum", "sum", "sum", "mean", "logsumexp", "max", "min", "prod");
        boolean mayBeEmpty = Set.of("sum", "logsumexp", "prod").contains(reduction);
        String guard = chance(25) ? " | " + (mayBeEmpty ? condition(inner) : bound.getFirst() + " >= 1") : "";
        return "%s(%s%s: %s)".formatted(reduction, String.join(",", bound), guard, expression(inner, depth));
    }

    /** An element at the position, or the like of it. */
    private String positionedAccess(List<String> scope) {
        String position = positioned.toLowerCase(Locale.ROOT);
        List<String> accesses = new ArrayList<>();
        for (Operand tensor : readable()) {
            List<Integer> at = IntStream.range(0, tensor.sizes().size())
                    .filter(i -> tensor.sizes().get(i).equals(positioned))
                    .boxed()
                    .toList();
            boolean fits = tensor.sizes().stream().allMatch(size -> size.equals(positioned) || has(scope, size));
            if (!at.isEmpty() && fits) {
                int chosen = at.get(random.nextInt(at.size()));
                if (tensor.sizes().stream().filter(positioned::equals).count() == 1 || has(scope, positioned)) {
                    accesses.add(tensor.name() + "["
                            + IntStream.range(0, tensor.sizes().size())
                                    .mapToObj(i -> i == chosen
                                            ? position
                                            : index(scope, tensor.sizes().get(i)))
                                    .collect(Collectors.joining(","))
                            + "]");
                }
            }
        }
        return chosen(accesses);
    }

    private String member(List<String> scope, String q) {
        String n = has(scope, "N") ? index(scope, "N") : "1";
        String k = has(scope, "K") ? index(scope, "K") : "0";
        return "m.%s[%s,%s]".formatted(q, n, k);
    }

    private String access(List<String> scope) {
        List<String> accesses = new ArrayList<>();
        for (Operand tensor : readable()) {
            List<String> sizes = tensor.sizes();
            if (sizes.stream().allMatch(size -> has(scope, size) || (size.equals("K") && chance(5)))) {
                List<String> subscripts =
                        sizes.stream().map(size -> subscript(scope, size)).toList();
                accesses.add(tensor.name() + "[" + String.join(",", subscripts) + "]");
            }
        }
        shortNames.forEach((name, indices) -> {
            if (scope.containsAll(indices)) {
                accesses.add(name);
            }
        });
        if (accesses.isEmpty()) {
            return chance(50) ? "0.7" : "u[" + one("0", "1") + "]";
        }
        String access = chosen(accesses);
        int comma = access.indexOf('[');
        String first = comma < 0 ? "" : access.substring(comma + 1).split("[,\\]]", 2)[0];
        if (scope.contains(first) && !size(first).equals("A") && chance(10)) {
            String moved = one(first + " + 1", first + " - 1");
            String otherwise = chance(70) ? "0" : "u[0]";
            return "(" + access.substring(0, comma + 1) + moved + access.substring(comma + 1 + first.length())
                    + " else " + otherwise + ")";
        }
        return access;
    }

    private String chosen(List<String> accesses) {
        return accesses.get(random.nextInt(accesses.size()));
    }

    /** Those that are given, and what is computed more often. */
    private List<Operand> readable() {
        List<Operand> all = new ArrayList<>(given);
        IntStream.range(0, 3).forEach(_ -> all.addAll(computed));
        return all;
    }

    private String subscript(List<String> scope, String size) {
        if (size.equals("K") && !places.isEmpty() && has(scope, "N") && chance(25)) {
            return places.get(random.nextInt(places.size())).name() + "[" + index(scope, "N") + "]";
        }
        if (!has(scope, size)) {
            return one("0", "1");
        }
        String index = index(scope, size);
        return size.equals("A") || chance(96) ? index : size + " - 1 - " + index;
    }

    private String condition(List<String> scope) {
        if (chance(15)) {
            return "%s %s %s".formatted(condition(scope), one("and", "or"), condition(scope));
        }
        List<String> all = new ArrayList<>(List.of(
                access(scope) + " > " + one("0", access(scope)), access(scope) + " < " + one("0.5", access(scope))));
        for (String i : scope) {
            if (!i.equals("q") && !size(i).equals("A")) {
                all.add(i + " > 0");
                scope.stream()
                        .filter(j -> !j.equals(i) && size(j).equals(size(i)))
                        .forEach(j -> all.add(i + one(" != ", " <= ", " == ", " > ") + j));
            }
        }
        if (hasOption) {
            all.add(one("flag", "not flag"));
        }
        return all.get(random.nextInt(all.size()));
    }

    // Indices

    private static List<String> with(List<String> scope, String index) {
        List<String> all = new ArrayList<>(scope);
        all.add(index);
        return all;
    }

    private static String size(String index) {
        return index.replace("'", "").toUpperCase(Locale.ROOT);
    }

    private static boolean has(List<String> scope, String size) {
        return scope.stream().anyMatch(i -> size(i).equals(size));
    }

    private String index(List<String> scope, String size) {
        List<String> all = scope.stream().filter(i -> size(i).equals(size)).toList();
        return all.get(random.nextInt(all.size()));
    }

    /** An index that means nothing yet; where a position has the name of the size, all have primes. */
    private String fresh(String size, List<String> scope) {
        List<String> free = IntStream.rangeClosed(size.equals(positioned) ? 1 : 0, scope.size() + 2)
                .mapToObj(primes -> size.toLowerCase(Locale.ROOT) + "'".repeat(primes))
                .filter(i -> !scope.contains(i))
                .toList();
        return free.get(chance(85) ? 0 : 1);
    }

    // Choices

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
