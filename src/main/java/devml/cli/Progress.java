package devml.cli;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal how many batches are done; elsewhere, and of a single batch, nothing. */
final class Progress implements IntConsumer, AutoCloseable {
    /** Given, lest the library ask the terminal. */
    private static final int WIDTH = 79;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(Main main, int batches) {
        Console console = main.console();
        if (batches < 2 || !console.animation() || main.isQuiet()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName("batches")
                .setStyle(ProgressBarStyle.ASCII) // the only one without colours, which NO_COLOR may forbid
                .setInitialMax(batches)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
                .clearDisplayOnFinish()
                .build());
    }

    @Override
    public void accept(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
