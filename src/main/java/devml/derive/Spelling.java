package devml.derive;

import devml.notation.Abbreviation;
import devml.notation.BinaryOp;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Relation;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls tensors by their own names where braces hold nothing but short names for words: of {@code {role}[a]}, with {@code
 * role = where(i == 0, 'query', 'key')}, it makes {@code where(i == 0, query[a], key[a])}. What an equation sets by such a
 * name becomes an equation for each word.
 */
public final class Spelling {
    private final Map<String, Expr> meanings = new LinkedHashMap<>();

    /** A name that a tensor has where conditions hold. */
    private record Name(List<Expr> conditions, String text) {}

    private Spelling(List<Abbreviation> where) {
        for (Abbreviation line : where) {
            for (int i = 0; i < line.names().size(); i++) {
                if (line.value() instanceof Expr.Tuple tuple
                        && tuple.items().size() == line.names().size()) {
                    meanings.put(line.names().get(i).name(), tuple.items().get(i));
                } else if (line.names().size() == 1) {
                    meanings.put(line.names().get(i).name(), line.value());
                }
            }
        }
    }

    /** The same equations of tensors that go by their own names. */
    static Forward of(Forward forward) {
        Spelling spelling = new Spelling(forward.where());
        return new Forward(
                forward.options(),
                forward.tensors().stream()
                        .flatMap(tensor -> spelling.declarations(tensor).stream())
                        .toList(),
                forward.where().stream()
                        .map(line -> new Abbreviation(line.names(), spelling.spell(line.value()), line.span()))
                        .toList(),
                forward.equations().stream()
                        .flatMap(equation -> spelling.equations(equation).stream())
                        .toList());
    }

    /** What a tensor is called that is written so: what it is written, unless all of its braces hold words. */
    public static List<String> names(List<Abbreviation> where, String written) {
        return new Spelling(where).names(written).stream().map(Name::text).toList();
    }

    private List<Declaration> declarations(Declaration tensor) {
        return names(tensor.name()).stream()
                .map(name -> new Declaration(
                        tensor.role(),
                        name.text(),
                        tensor.dimensions(),
                        tensor.orEmpty(),
                        tensor.reduced(),
                        tensor.broadcast(),
                        tensor.expanded(),
                        tensor.optional(),
                        tensor.range(),
                        tensor.span()))
                .toList();
    }

    private List<Equation> equations(Equation equation) {
        return names(equation.target().tensor()).stream()
                .map(name -> new Equation(
                        access(equation.target(), name),
                        equation.accumulates(),
                        spell(equation.value()),
                        condition(equation.condition().map(this::spell), name.conditions()),
                        equation.loops(),
                        equation.span()))
                .toList();
    }

    private static Optional<Expr> condition(Optional<Expr> condition, List<Expr> further) {
        List<Expr> all = new ArrayList<>(further);
        condition.ifPresent(all::addFirst);
        return all.stream().reduce((a, b) -> Trees.binary(BinaryOp.AND, a, b));
    }

    private Expr spell(Expr e) {
        return switch (e) {
            case Expr.Access access -> choice(access.tensor(), access, name -> access(access, name));
            case Expr.OrElse orElse ->
                choice(
                        orElse.access().tensor(),
                        orElse,
                        name -> new Expr.OrElse(
                                access(orElse.access(), name), spell(orElse.otherwise()), orElse.span()));
            case Expr other -> Trees.map(other, this::spell);
        };
    }

    private Expr.Access access(Expr.Access access, Name name) {
        return new Expr.Access(
                name.text(), access.subscripts().stream().map(this::spell).toList(), access.span());
    }

    /** What is made of each name, where it is the one. */
    private Expr choice(String tensor, Expr at, Function<Name, Expr> make) {
        List<Name> names = names(tensor);
        Expr result = make.apply(names.getLast());
        for (Name name : names.subList(0, names.size() - 1).reversed()) {
            Expr condition = condition(Optional.empty(), name.conditions()).orElseThrow();
            result = new Expr.Call("where", List.of(condition, make.apply(name), result), at.span());
        }
        return result;
    }

    private List<Name> names(String written) {
        List<Name> names = List.of(new Name(List.of(), written));
        for (String part : Template.names(written)) {
            Optional<List<Name>> words =
                    Optional.ofNullable(meanings.get(part)).flatMap(meaning -> words(meaning, List.of()));
            if (words.isEmpty()) {
                return List.of(new Name(List.of(), written));
            }
            names = names.stream()
                    .flatMap(name -> words.get().stream()
                            .map(word -> new Name(
                                    joined(name.conditions(), word.conditions()),
                                    name.text().replace("{" + part + "}", word.text()))))
                    .toList();
        }
        return names;
    }

    /** The words that an expression can be, each with its conditions; nothing if it is no word. */
    private Optional<List<Name>> words(Expr e, List<Expr> conditions) {
        return switch (e) {
            case Expr.Word word -> Optional.of(List.of(new Name(conditions, word.value())));
            case Expr.Name name ->
                Optional.ofNullable(meanings.get(name.name())).flatMap(meaning -> words(meaning, conditions));
            case Expr.Call call
            when call.function().equals("where") ->
                both(
                        words(
                                call.arguments().get(1),
                                joined(conditions, List.of(call.arguments().getFirst()))),
                        words(
                                call.arguments().get(2),
                                joined(
                                        conditions,
                                        List.of(Trees.not(call.arguments().getFirst())))));
            case Expr.Call call
            when call.function().equals("item")
                    && call.arguments().getFirst() instanceof Expr.Tuple(var items, var _) ->
                items(items, call.arguments().getLast(), conditions);
            case Expr _ -> Optional.empty();
        };
    }

    private Optional<List<Name>> items(List<Expr> items, Expr position, List<Expr> conditions) {
        Optional<List<Name>> words = Optional.of(List.of());
        for (int i = 0; i < items.size(); i++) {
            Expr isHere = Trees.compare(position, Relation.EQUAL, Trees.whole(i, position));
            words = both(words, words(items.get(i), joined(conditions, List.of(isHere))));
        }
        return words;
    }

    private static Optional<List<Name>> both(Optional<List<Name>> first, Optional<List<Name>> second) {
        return first.flatMap(a -> second.map(b -> joined(a, b)));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
