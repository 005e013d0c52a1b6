package devml.equation;

import java.util.List;

/** A unit of execution: an equation, or a loop of equations. */
public sealed interface Statement permits Assignment, Loop {

    /** The equations that the statement consists of, in the order in which they run. */
    List<Assignment> assignments();
}
