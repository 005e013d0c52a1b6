package devml.derive;

import devml.fault.Fault;
import devml.notation.Expr;
import devml.notation.Template;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts expressions in the place of indices. A short name that depends on one of them is written out; a position cannot
 * be, since it would be none any more.
 */
final class Substitution {
    private final DefinitionNames names;
    private final Map<String, Expr> replacements;

    Substitution(DefinitionNames names, Map<String, ? extends Expr> replacements) {
        this.names = names;
        this.replacements = Map.copyOf(replacements);
    }

    /** Whether an expression can be written for other indices. */
    static boolean isPossible(DefinitionNames names, Expr e, Set<String> indices) {
        return switch (e) {
            case Expr.Name name ->
                !depends(names, name, indices)
                        || names.meaning(name)
                                .map(meaning -> isPossible(names, meaning, indices))
                                .orElse(false);
            case Expr.Access access ->
                Template.names(access.tensor()).stream()
                                .noneMatch(part -> depends(names, new Expr.Name(part, access.span()), indices))
                        && access.subscripts().stream()
                                .allMatch(s -> !(names.isPosition(s) && depends(names, s, indices))
                                        && isPossible(names, s, indices));
            case Expr.Reduce reduce -> {
                Set<String> free = new HashSet<>(indices);
                reduce.indices().forEach(i -> free.remove(i.name()));
                yield Trees.children(reduce).stream().allMatch(child -> isPossible(names, child, free));
            }
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> true;
            case Expr.OrElse _, Expr.Unary _, Expr.Binary _, Expr.Compare _, Expr.Call _, Expr.Tuple _ ->
                Trees.children(e).stream().allMatch(child -> isPossible(names, child, indices));
        };
    }

    /** Whether the replacements can be made, also where an index of a reduction has to give way to one that is put in. */
    boolean isPossible(Expr e) {
        return isPossible(names, e, replacements.keySet()) && canGiveWay(e);
    }

    private boolean canGiveWay(Expr e) {
        if (e instanceof Expr.Name name && depends(names, name, replacements.keySet())) {
            return names.meaning(name).map(this::canGiveWay).orElse(false);
        }
        if (!(e instanceof Expr.Reduce reduce)) {
            return Trees.children(e).stream().allMatch(this::canGiveWay);
        }
        Substitution within = within(reduce);
        Set<String> giving = primes(names, reduce, within.taken()).keySet();
        return within.replacements.isEmpty()
                || Trees.children(reduce).stream()
                        .allMatch(child -> isPossible(names, child, giving) && within.canGiveWay(child));
    }

    /** Whether a short name in an expression has to be written out for other indices. */
    static boolean spellsOut(DefinitionNames names, Expr e, Set<String> indices) {
        Set<String> free = new HashSet<>(indices);
        if (e instanceof Expr.Reduce reduce) {
            reduce.indices().forEach(i -> free.remove(i.name()));
        }
        return depends(names, e, free) || Trees.children(e).stream().anyMatch(child -> spellsOut(names, child, free));
    }

    private static boolean depends(DefinitionNames names, Expr e, Set<String> indices) {
        boolean isName = e instanceof Expr.Name name && names.isShort(name.name());
        return isName && !Collections.disjoint(names.indices(e), indices);
    }

    /**
     * The expression with the replacements made.
     *
     * @throws Fault if a position or an item of a pair depends on an index that is replaced
     */
    Expr apply(Expr e) {
        return switch (e) {
            case Expr.Name name -> name(name);
            case Expr.Access access -> access(access);
            case Expr.Reduce reduce -> reduce(reduce);
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> e;
            case Expr.OrElse _, Expr.Unary _, Expr.Binary _, Expr.Compare _, Expr.Call _, Expr.Tuple _ ->
                Trees.map(e, this::apply);
        };
    }

    Expr.Access access(Expr.Access access) {
        for (Expr subscript : access.subscripts()) {
            if (names.isPosition(subscript) && depends(names, subscript, replacements.keySet())) {
                throw unwritable(subscript);
            }
        }
        Expr.Access mapped = Trees.map(access, this::apply);
        return new Expr.Access(member(access.tensor()), mapped.subscripts(), access.span());
    }

    private Expr name(Expr.Name name) {
        if (replacements.containsKey(name.name())) {
            return replacements.get(name.name());
        }
        if (depends(names, name, replacements.keySet())) {
            return apply(names.meaning(name).orElseThrow(() -> unwritable(name)));
        }
        return new Expr.Name(member(name.name()), name.span());
    }

    /** {@code x.q} for another member: {@code x.q'}; likewise {@code h{d'}} for {@code h{d}}. */
    private String member(String name) {
        int dot = name.indexOf('.');
        return dot >= 0
                ? name.substring(0, dot + 1) + index(name.substring(dot + 1))
                : Template.rename(name, this::index);
    }

    private String index(String name) {
        return replacements.get(name) instanceof Expr.Name other ? other.name() : name;
    }

    private Expr reduce(Expr.Reduce reduce) {
        Substitution within = within(reduce);
        Expr.Reduce free = fresh(names, reduce, within.taken());
        return within.replacements.isEmpty() ? free : Trees.map(free, within::apply);
    }

    /** Those replacements that are made in a reduction: others mean nothing there, or something else. */
    private Substitution within(Expr.Reduce reduce) {
        Map<String, Expr> inner = new HashMap<>(replacements);
        inner.keySet().retainAll(names.indices(reduce));
        return new Substitution(names, inner);
    }

    /** The indices that the replacements put in. */
    private Set<String> taken() {
        return names.indices(replacements.values().toArray(Expr[]::new));
    }

    /**
     * The expression with primes at those indices of reductions in it that mean something where they stand already. A short
     * name for such a reduction is written out, but for positions.
     *
     * @param taken the indices that mean something around the expression
     */
    static Expr apart(DefinitionNames names, Expr e, Set<String> taken) {
        return switch (e) {
            case Expr.Reduce reduce -> {
                Expr.Reduce free = fresh(names, reduce, taken);
                Set<String> within = new HashSet<>(taken);
                free.indices().forEach(i -> within.add(i.name()));
                yield Trees.map(free, child -> apart(names, child, within));
            }
            case Expr.Name name
            when names.isShort(name.name()) ->
                names.meaning(name)
                        .map(meaning -> Map.entry(meaning, apart(names, meaning, taken)))
                        .filter(both -> !both.getKey().equals(both.getValue()))
                        .map(Map.Entry::getValue)
                        .orElse(name);
            case Expr.Access _, Expr.Name _, Expr.Whole _, Expr.Decimal _, Expr.Word _ ->
                Trees.map(e, s -> names.isPosition(s) ? s : apart(names, s, taken));
            case Expr.OrElse _, Expr.Unary _, Expr.Binary _, Expr.Compare _, Expr.Call _, Expr.Tuple _ ->
                Trees.map(e, child -> apart(names, child, taken));
        };
    }

    /** The reduction with primes at those of its indices that mean something outside of it already. */
    static Expr.Reduce fresh(DefinitionNames names, Expr.Reduce reduce, Set<String> taken) {
        return renamed(names, reduce, primes(names, reduce, taken));
    }

    private static Expr.Reduce renamed(DefinitionNames names, Expr.Reduce reduce, Map<String, Expr> others) {
        if (others.isEmpty()) {
            return reduce;
        }
        Substitution renaming = new Substitution(names, others);
        List<Expr.Name> indices = reduce.indices().stream()
                .map(i -> (Expr.Name) others.getOrDefault(i.name(), i))
                .toList();
        return new Expr.Reduce(
                reduce.reduction(),
                indices,
                reduce.guard().map(renaming::apply),
                renaming.apply(reduce.body()),
                reduce.span());
    }

    /** The reduction without those primes of its indices that nothing outside of it calls for. */
    static Expr.Reduce unprimed(DefinitionNames names, Expr.Reduce reduce) {
        Set<String> used = new HashSet<>(names.indices(reduce));
        reduce.indices().stream()
                .map(i -> i.name().replace("'", ""))
                .filter(names::isShort)
                .forEach(used::add);
        Trees.children(reduce).forEach(child -> used.addAll(pinned(names, child)));
        Map<String, Expr> bare = new HashMap<>();
        for (Expr.Name index : reduce.indices()) {
            Expr.Name name = prime(new Expr.Name(index.name().replace("'", ""), index.span()), used);
            used.add(name.name());
            if (!name.equals(index)) {
                bare.put(index.name(), name);
            }
        }
        Substitution unpriming = new Substitution(names, bare);
        boolean isPossible = Trees.children(reduce).stream().allMatch(unpriming::isPossible);
        return isPossible ? renamed(names, reduce, bare) : reduce;
    }

    private static Map<String, Expr> primes(DefinitionNames names, Expr.Reduce reduce, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        used.addAll(names.indices(Trees.children(reduce).toArray(Expr[]::new)));
        reduce.indices().forEach(i -> used.add(i.name()));
        Trees.children(reduce).forEach(child -> used.addAll(pinned(names, child)));
        Map<String, Expr> primes = new HashMap<>();
        for (Expr.Name index : reduce.indices()) {
            if (taken.contains(index.name())) {
                Expr.Name primed = prime(index, used);
                used.add(primed.name());
                primes.put(index.name(), primed);
            }
        }
        return primes;
    }

    /** The indices of reductions in an expression that a position needs: no others around it may be called so. */
    static Set<String> pinned(DefinitionNames names, Expr e) {
        Set<String> pinned = new HashSet<>();
        List<Expr> children = Trees.children(e);
        children.forEach(child -> pinned.addAll(pinned(names, child)));
        if (e instanceof Expr.Reduce reduce) {
            reduce.indices().stream()
                    .map(Expr.Name::name)
                    .filter(i -> children.stream().anyMatch(child -> !isPossible(names, child, Set.of(i))))
                    .forEach(pinned::add);
        }
        return pinned;
    }

    /** The index with as many primes as make it one that is not used. */
    static Expr.Name prime(Expr.Name index, Set<String> used) {
        String primed = index.name();
        while (used.contains(primed)) {
            primed += "'";
        }
        return new Expr.Name(primed, index.span());
    }

    private static Fault unwritable(Expr name) {
        return Fault.at(
                name.place(),
                "the derivative needs %s for two values of an index at once, which a short name cannot say"
                        .formatted(((Expr.Name) name).name()));
    }
}
