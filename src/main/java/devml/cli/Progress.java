package devml.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;

/** Shows progress on a terminal, if there is more than one step; otherwise, progress is only logged. */
final class Progress implements IntConsumer, AutoCloseable {
    /** A fixed width, so that the library does not query the terminal. */
    private static final int WIDTH = 79;

    private final ProgressBar bar;
    private final Logger log;
    private final String steps;
    private final int all;

    private Progress(ProgressBar bar, Logger log, String steps, int all) {
        this.bar = bar;
        this.log = log;
        this.steps = steps;
        this.all = all;
    }

    /**
     * Starts to show progress.
     *
     * @param steps the name of the steps, in the plural
     * @param all the number of steps
     */
    static Progress of(Main main, String steps, int all) {
        Console console = main.console();
        if (all < 2 || !console.animation() || main.isQuiet()) {
            return new Progress(null, main.log(), steps, all);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(steps)
                .setStyle(ProgressBarStyle.ASCII) // the only style without colours, which NO_COLOR may forbid
                .setInitialMax(all)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .clearDisplayOnFinish()
                .build();
        return new Progress(bar, main.log(), steps, all);
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
        log.debug("{} of {} {} done", done, all, steps);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
