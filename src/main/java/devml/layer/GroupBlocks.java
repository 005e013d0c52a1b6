package devml.layer;

import devml.notation.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The indices of groups that are cut into blocks: where the dimensions of A do not lie side by side in some tensor, {@code
 * a} stands for {@code a.0}, {@code a.1} and so on, one for each part that does.
 */
final class GroupBlocks {
    private final Scope scope;
    private final Sizes sizes;

    GroupBlocks(Scope scope, Sizes sizes) {
        this.scope = scope;
        this.sizes = sizes;
    }

    /** The indices that an index stands for; none if it is one. */
    List<Expr.Name> of(Expr.Name name) {
        if (!sizes.hasBlocks()
                || Sizes.isSize(name.name())
                || scope.shortName(name.name()).isPresent()
                || scope.option(name.name()).isPresent()) {
            return List.of();
        }
        List<String> blocks = sizes.blocks(Scope.sizeOf(name.name()));
        return Stream.iterate(0, i -> i < blocks.size(), i -> i + 1)
                .map(i -> new Expr.Name(name.name() + "." + i, name.span()))
                .toList();
    }

    /** Subscripts with all blocks written out, and what signatures say. */
    List<Expr> subscripts(List<Expr> subscripts) {
        List<Expr> all = new ArrayList<>();
        for (Expr subscript : Signatures.subscripts(subscripts, scope)) {
            if (subscript instanceof Expr.Name name) {
                all.addAll(indices(name));
            } else {
                all.add(subscript);
            }
        }
        return all;
    }

    /** As {@link #subscripts}, of the indices of a reduction. */
    List<Expr.Name> indices(List<Expr.Name> names) {
        return names.stream().flatMap(name -> indices(name).stream()).toList();
    }

    private List<Expr.Name> indices(Expr.Name name) {
        List<Expr.Name> blocks = of(name);
        return blocks.isEmpty() ? List.of(name) : blocks;
    }

    /** The access with the subscripts of the tensor's dimensions, in their order. */
    Expr.Access access(Expr.Access access, List<Integer> order) {
        List<Expr> subscripts = subscripts(access.subscripts());
        boolean isOrdered = order.isEmpty() || order.size() != subscripts.size();
        return new Expr.Access(
                access.tensor(),
                isOrdered ? subscripts : order.stream().map(subscripts::get).toList(),
                access.span());
    }
}
