package devml.equation;

import java.util.List;

/**
 * Numbers that are known up to an error, so that comparing two of them may leave open which side is right. They keep
 * account, for every element of every tensor, of the open comparisons on which it depends; whoever evaluates an equation
 * tells them what numbers alone cannot see.
 *
 * <p>A <em>mark</em> is the number of notable comparisons, open or nearly so, that were met at the current point of the
 * equation; it says which of them came later.
 */
public interface Uncertain extends Numbers {

    /** The equation's next point comes. */
    void begin(Assignment equation);

    /** How many notable comparisons the current point has met. */
    int mark();

    /** Whether one since then is open. */
    boolean isOpen(int mark);

    /** Takes back those since then, as nothing depends on them. */
    void forget(int mark);

    /**
     * After a choice by comparisons since the mark: where what was chosen and what was not are nearly the same, the
     * register stands for both, and nothing depends on the comparisons.
     */
    void settle(int mark, int chosen, int other);

    /** The point's target was found, by comparisons since the mark and by integers read since. */
    void found(int mark);

    /** Whether the current point's guard is open: by a comparison, or by an integer that might be any. */
    boolean isOpen();

    /** The point writes no element; but for what is open it would write this one. */
    void passedOver(int tensor, int offset);

    void readInteger(int tensor, int offset);

    /**
     * An integer was written.
     *
     * @param alternatives what it might also be; empty if that is not known
     */
    void wroteInteger(int tensor, int offset, List<Long> alternatives);

    /** What an element might also be. */
    List<Long> alternatives(int tensor, int offset);

    /** From now on elements that are written keep their values, and only depend on what the point depends on. */
    void onlyTrace(boolean only);
}
