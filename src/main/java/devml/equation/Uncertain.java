package devml.equation;

import java.util.List;

/**
 * Numbers that are known up to an error, so that the result of a comparison may remain open. For every element of every
 * tensor they record the open comparisons on which it depends; the interpreter that evaluates an equation reports what
 * cannot be seen from the numbers alone.
 *
 * <p>A <em>mark</em> is the number of notable comparisons, open or nearly so, that the current point of the equation
 * has met; a comparison belongs to a mark if it was met after it.
 */
public interface Uncertain extends Numbers {

    /** Begins the next point of an equation. */
    void begin(Assignment equation);

    /** The number of notable comparisons that the current point has met. */
    int mark();

    /** Whether a comparison since the mark is open. */
    boolean isOpen(int mark);

    /** Drops the comparisons since the mark, because nothing depends on them. */
    void forget(int mark);

    /**
     * Reports a choice that the comparisons since the mark decided. If the chosen value and the other are nearly the
     * same, the register of the chosen one stands for both and the comparisons are dropped.
     *
     * @param chosen the register of the chosen value
     * @param other the register of the value that was not chosen
     */
    void settle(int mark, int chosen, int other);

    /**
     * Reports that the target element of the point is known; it depends on the comparisons since the mark and on the
     * integers read since.
     */
    void found(int mark);

    /**
     * Whether it is open if the current point takes part: because of a comparison, or of an integer that might have any
     * value.
     */
    boolean isOpen();

    /** Reports that the point does not write this element only because of what is open. */
    void passedOver(int tensor, int offset);

    void readInteger(int tensor, int offset);

    /**
     * Reports that an integer was written.
     *
     * @param alternatives the other values that it might have; empty if they are not known
     */
    void wroteInteger(int tensor, int offset, List<Long> alternatives);

    /** The other values that an integer might have. */
    List<Long> alternatives(int tensor, int offset);

    /**
     * If true, elements that are written from now on keep their values and only take on the dependencies of the point.
     */
    void onlyTrace(boolean only);
}
