package devml.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;

/** Shows on a terminal how many batches are done; elsewhere, and of a single batch, nothing but what is logged. */
final class Progress implements IntConsumer, AutoCloseable {
    /** Given, lest the library ask the terminal. */
    private static final int WIDTH = 79;

    private final ProgressBar bar;
    private final Logger log;
    private final int batches;

    private Progress(ProgressBar bar, Logger log, int batches) {
        this.bar = bar;
        this.log = log;
        this.batches = batches;
    }

    static Progress of(Main main, int batches) {
        Console console = main.console();
        if (batches < 2 || !console.animation() || main.isQuiet()) {
            return new Progress(null, main.log(), batches);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("batches")
                .setStyle(ProgressBarStyle.ASCII) // the only one without colours, which NO_COLOR may forbid
                .setInitialMax(batches)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .clearDisplayOnFinish()
                .build();
        return new Progress(bar, main.log(), batches);
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
        log.debug("batch {} of {}", done, batches);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
