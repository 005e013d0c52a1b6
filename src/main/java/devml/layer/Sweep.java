package devml.layer;

import devml.notation.Loop;

/**
 * A loop around equations of a bound layer. In each of them its index has the slot {@link #SLOT}.
 *
 * @param number tells the loops of a layer's forward (or backward) equations apart
 * @param syntax as it was written
 * @param extent how many steps it has
 */
public record Sweep(int number, Loop syntax, int extent) {
    static final int SLOT = 0;
}
