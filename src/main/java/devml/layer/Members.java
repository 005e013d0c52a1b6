package devml.layer;

import devml.notation.Dimension;
import devml.notation.Expr;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Names the members of families, one after another, in declarations that stand for all of them. */
final class Members {
    private final Definition definition;
    private final Scope scope;

    Members(Definition definition, Scope scope) {
        this.definition = definition;
        this.scope = scope;
    }

    /** Does something with the name of each member of the families that a declared name mentions. */
    void forEach(String declared, Consumer<String> action) {
        Optional<String> open = Families.indicesOf(definition, declared).stream()
                .filter(index -> scope.member(index).isEmpty())
                .findFirst();
        if (open.isEmpty()) {
            action.accept(scope.memberName(declared));
            return;
        }
        for (int member = 0; member < scope.family(open.get()).orElseThrow(); member++) {
            scope.withMember(open.get(), member, () -> {
                forEach(declared, action);
                return open;
            });
        }
    }

    /** The dimensions with the names of the member that is looked at. */
    List<Dimension> dimensions(List<Dimension> dimensions) {
        return Signatures.dimensions(dimensions, scope).stream()
                .map(this::member)
                .toList();
    }

    private Dimension member(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr.Name size, var span) -> new Dimension.Single(member(size), span);
            case Dimension.Single single -> single;
            case Dimension.Maybe(Expr.Name size, var span) -> new Dimension.Maybe(member(size), span);
            case Dimension.At(Expr.Name size, Expr axis, var span) -> new Dimension.At(member(size), axis, span);
            case Dimension.Group(Expr.Name size, var axes, var given, var span) ->
                new Dimension.Group(member(size), axes, given, span);
            case Dimension.Listed(Expr.Name size, Expr axes, var span) ->
                new Dimension.Listed(member(size), axes, span);
            case Dimension.Shaped(Expr.Name size, Expr shape, var span) ->
                new Dimension.Shaped(member(size), shape, span);
            case Dimension.When(Dimension of, Expr condition, var span) ->
                new Dimension.When(member(of), condition, span);
        };
    }

    private Expr.Name member(Expr.Name size) {
        return new Expr.Name(scope.memberName(size.name()), size.span());
    }
}
