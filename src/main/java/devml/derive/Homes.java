package devml.derive;

import devml.notation.Equation;
import devml.notation.Loop;
import devml.notation.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which loops over the members of families tensors are at home. One that is set and read for one member only has its
 * whole gradient once the loops have come to that member. One that another member reads, or an equation outside of the
 * loops, has no home: what it receives has to be added to its gradient wherever that arises.
 */
final class Homes {
    private final DefinitionNames names;

    /** A loop over members, or several. */
    private record Home(String name, List<Loop> loops) {}

    private final Map<String, Optional<Home>> homes = new HashMap<>();
    private final Map<String, Span> elsewhere = new HashMap<>();

    Homes(DefinitionNames names, Forward forward) {
        this.names = names;
        for (Equation equation : forward.equations()) {
            String name = equation.target().tensor();
            Home home = new Home(name, loops(equation));
            homes.merge(DefinitionNames.stem(name), Optional.of(home), (a, b) -> a.equals(b) ? a : Optional.empty());
        }
        for (Equation equation : forward.equations()) {
            Steps.collect(equation.value(), names, read -> reads(read, loops(equation), equation.span()));
        }
    }

    /** The loops over members in which an equation stands. */
    private List<Loop> loops(Equation equation) {
        return equation.loops().stream()
                .filter(loop -> names.isFamily(loop.index().name()))
                .toList();
    }

    private void reads(String name, List<Loop> loops, Span where) {
        boolean isAtHome = Optional.ofNullable(homes.get(DefinitionNames.stem(name)))
                .map(home -> home.isPresent() && home.get().loops().equals(loops))
                .orElse(loops.isEmpty());
        if (!isAtHome) {
            elsewhere.putIfAbsent(DefinitionNames.stem(name), where);
        }
        homes.computeIfPresent(
                DefinitionNames.stem(name),
                (_, home) -> home.filter(h -> h.loops().isEmpty()
                        || (h.name().equals(name)
                                && loops.size() >= h.loops().size()
                                && loops.subList(0, h.loops().size()).equals(h.loops()))));
    }

    /** Whether the tensor has no home: members of a family read others, or what is outside of the loop reads them. */
    boolean isHandedOn(String tensor) {
        return homes.containsKey(tensor) && homes.get(tensor).isEmpty();
    }

    /** Where the tensor is read by an equation outside of the loops in which it is at home, or in further ones. */
    Optional<Span> readElsewhere(String tensor) {
        return Optional.ofNullable(elsewhere.get(tensor));
    }

    /** Whether a tensor is at home in the loops over members that have been entered; inputs are outside of all. */
    boolean isAtHome(String tensor) {
        int depth = Optional.ofNullable(homes.get(tensor))
                .map(home -> home.map(h -> h.loops().size()).orElse(-1))
                .orElse(0);
        return depth == names.members().size();
    }
}
