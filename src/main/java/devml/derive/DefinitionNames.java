package devml.derive;

import devml.fault.Fault;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Template;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the bare names of a definition are: short names, indices, and whatever else, which is constant. */
final class DefinitionNames {
    private static final Set<String> CONSTANTS = Set.of("inf", "pi", "true", "false", "training", "none");

    private final Set<String> options;
    private final Map<String, ShortName> shorts = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private final Set<String> members = new LinkedHashSet<>();
    private Optional<String> step = Optional.empty();
    private final Deque<String> expanding = new ArrayDeque<>();

    private record ShortName(Abbreviation line, int item) {}

    /**
     * The names in equations.
     *
     * @param written the equations as they were written, from which follows what is a family
     */
    DefinitionNames(Forward forward, Forward written) {
        options = forward.options();
        for (Abbreviation line : forward.where()) {
            for (int i = 0; i < line.names().size(); i++) {
                shorts.put(line.names().get(i).name(), new ShortName(line, i));
            }
        }
        for (Declaration tensor : written.tensors()) {
            int dot = tensor.name().indexOf('.');
            if (dot >= 0) {
                families.add(tensor.name().substring(dot + 1));
            }
            families.addAll(inBraces(new Expr.Access(tensor.name(), List.of(), tensor.span())));
        }
        for (Equation equation : written.equations()) {
            families.addAll(inBraces(equation.target()));
        }
        forward.where().forEach(line -> line.names().forEach(this::indices)); // finds what is defined by itself
    }

    boolean isShort(String name) {
        return shorts.containsKey(name);
    }

    /** The expression that can stand in a short name's place; none for an item of a pair that stays a pair. */
    Optional<Expr> meaning(Expr.Name name) {
        ShortName meaning = shorts.get(name.name());
        int count = meaning.line().names().size();
        if (meaning.line().value() instanceof Expr.Tuple tuple) {
            return tuple.items().size() == count ? Optional.of(tuple.items().get(meaning.item())) : Optional.empty();
        }
        return count == 1 ? Optional.of(meaning.line().value()) : Optional.empty();
    }

    /** The line's whole value, of which a short name is an item. */
    Expr pair(Expr.Name name) {
        return shorts.get(name.name()).line().value();
    }

    /** What a short name stands for; of an item of a pair that stays a pair, the whole pair. */
    Expr spelledOut(Expr.Name name) {
        return meaning(name).orElseGet(() -> pair(name));
    }

    /** Whether an expression has an element of a tensor in it, through short names too. */
    boolean readsTensor(Expr e) {
        boolean isInMeaning = e instanceof Expr.Name name && isShort(name.name()) && readsTensor(spelledOut(name));
        return isInMeaning
                || e instanceof Expr.Access
                || Trees.children(e).stream().anyMatch(this::readsTensor);
    }

    /** Whether the name is that of a family's index, such as {@code q} where {@code x.q} is declared. */
    boolean isFamily(String name) {
        return families.contains(name.replace("'", ""));
    }

    /** The indices that choose a member: those in the braces of a tensor's name. */
    private Set<String> inBraces(Expr.Access access) {
        Set<String> indices = new LinkedHashSet<>();
        collectBraces(access, Set.of(), indices);
        return indices;
    }

    /** Enters a loop over the members of a family: until it is left, its index is one member, and no index of a tensor. */
    void enter(String index) {
        members.add(index);
    }

    void leave(String index) {
        members.remove(index);
    }

    /** The indices of the loops over members that have been entered, the outermost first. */
    Set<String> members() {
        return Collections.unmodifiableSet(members);
    }

    /** Enters a loop over steps: until it is left, its index is called as it is there. */
    void enterSteps(String index) {
        step = Optional.of(index);
    }

    void leaveSteps() {
        step = Optional.empty();
    }

    /** Those of some indices that are the loops' that have been entered: no others may stand in their place. */
    Set<String> entered(Set<String> indices) {
        Set<String> entered = new LinkedHashSet<>(members);
        step.filter(indices::contains).ifPresent(entered::add);
        return entered;
    }

    /** What all members of a family have in common: {@code h{}} of {@code h{l-1}}. */
    static String stem(String tensor) {
        return Template.stem(tensor).replace("'", "");
    }

    /** Whether the name is an index, or a family's. */
    boolean isIndex(String name) {
        return !isShort(name) && !options.contains(name) && !CONSTANTS.contains(name) && !isSize(name);
    }

    /** The subscripts of an element, if each is another index: then the element stands for all of the tensor. */
    Optional<List<String>> element(Expr.Access access) {
        Set<String> indices = new LinkedHashSet<>();
        for (Expr subscript : access.subscripts()) {
            if (!(subscript instanceof Expr.Name name) || !isIndex(name.name()) || !indices.add(name.name())) {
                return Optional.empty();
            }
        }
        return access.tensor().contains(".") ? Optional.empty() : Optional.of(List.copyOf(indices));
    }

    /** Whether a name has some meaning already. */
    boolean isTaken(String name) {
        return isShort(name) || options.contains(name) || CONSTANTS.contains(name) || families.contains(name);
    }

    /** Whether a subscript is a position: a short name spelled like the index of a size. */
    boolean isPosition(Expr subscript) {
        return subscript instanceof Expr.Name name && isShort(name.name());
    }

    /** The size over which an index runs: {@code K} for {@code k} and {@code k'}. */
    static String sizeOf(String index) {
        int dot = index.indexOf('.');
        String stem = (dot < 0 ? index : index.substring(0, dot)).replace("'", "");
        return stem.toUpperCase(Locale.ROOT) + (dot < 0 ? "" : index.substring(dot));
    }

    private static boolean isSize(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    /** The indices on which an expression depends, through short names too, in the order in which they are met. */
    Set<String> indices(Expr... expressions) {
        Set<String> indices = new LinkedHashSet<>();
        for (Expr e : expressions) {
            collect(e, Set.of(), indices);
        }
        return indices;
    }

    private void collect(Expr e, Set<String> bound, Set<String> into) {
        switch (e) {
            case Expr.Name name -> collectName(name, bound, into);
            case Expr.Reduce reduce -> {
                Set<String> inner = new HashSet<>(bound);
                reduce.indices().forEach(i -> inner.add(i.name()));
                Trees.children(reduce).forEach(child -> collect(child, inner, into));
            }
            case Expr.Access access -> {
                collectFamily(access.tensor(), bound, into);
                collectBraces(access, bound, into);
                access.subscripts().forEach(child -> collect(child, bound, into));
            }
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> {}
            case Expr.OrElse _, Expr.Unary _, Expr.Binary _, Expr.Compare _, Expr.Call _, Expr.Tuple _ ->
                Trees.children(e).forEach(child -> collect(child, bound, into));
        }
    }

    private void collectName(Expr.Name name, Set<String> bound, Set<String> into) {
        collectFamily(name.name(), bound, into);
        if (isShort(name.name())) {
            if (expanding.contains(name.name())) {
                throw Fault.at(name.place(), "'" + name.name() + "' is defined by itself");
            }
            expanding.push(name.name());
            collect(spelledOut(name), bound, into);
            expanding.pop();
        } else if (isIndex(name.name()) && !bound.contains(name.name())) {
            into.add(name.name());
        }
    }

    private void collectFamily(String name, Set<String> bound, Set<String> into) {
        int dot = name.indexOf('.');
        String index = name.substring(dot + 1);
        if (dot >= 0 && isFamily(index) && !bound.contains(index)) {
            into.add(index);
        }
    }

    /** What stands in braces in a tensor's name: indices, or short names that depend on some. */
    private void collectBraces(Expr.Access access, Set<String> bound, Set<String> into) {
        Template.names(access.tensor()).forEach(part -> collectName(new Expr.Name(part, access.span()), bound, into));
    }

    /** The positions that drop points of a reduction: those that no reduction in its body drops points of itself by. */
    List<Expr.Name> edges(Expr.Reduce reduce) {
        Set<String> own = new HashSet<>();
        reduce.indices().forEach(i -> own.add(i.name()));
        List<Expr.Name> edges = new ArrayList<>(unclaimed(reduce.body()));
        edges.removeIf(position -> Collections.disjoint(indices(position), own));
        return edges.stream().distinct().toList();
    }

    private List<Expr.Name> unclaimed(Expr e) {
        List<Expr.Name> unclaimed = new ArrayList<>();
        if (e instanceof Expr.Access access) {
            access.subscripts().stream().filter(this::isPosition).forEach(s -> unclaimed.add((Expr.Name) s));
        }
        if (e instanceof Expr.Name name && isShort(name.name())) {
            meaning(name).ifPresent(value -> unclaimed.addAll(unclaimed(value)));
        }
        Trees.children(e).forEach(child -> unclaimed.addAll(unclaimed(child)));
        if (e instanceof Expr.Reduce inner) {
            unclaimed.removeIf(position ->
                    inner.indices().stream().anyMatch(i -> indices(position).contains(i.name())));
        }
        return unclaimed;
    }

    /** The positions that subscripts in an expression use. */
    List<Expr.Name> positions(Expr e) {
        List<Expr.Name> positions = new ArrayList<>();
        if (e instanceof Expr.Access access) {
            access.subscripts().stream().filter(this::isPosition).forEach(s -> positions.add((Expr.Name) s));
        }
        if (e instanceof Expr.Name name && isShort(name.name())) {
            meaning(name).ifPresent(value -> positions.addAll(positions(value)));
        }
        Trees.children(e).forEach(child -> positions.addAll(positions(child)));
        return positions.stream().distinct().toList();
    }
}
