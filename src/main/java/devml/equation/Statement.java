package devml.equation;

import java.util.List;

/** What runs in one go: an equation, or a loop of equations. */
public sealed interface Statement permits Assignment, Loop {

    /** The equations that it is made of, in the order in which they run. */
    List<Assignment> assignments();
}
