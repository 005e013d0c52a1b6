package devml.run;

/** Two numbers of samples to which equations are bound: what differs between them follows the samples. */
record Samples(int few, int more) {
    /** Whether an extent is as much for each sample. */
    boolean areFollowedBy(long few, long more) {
        return few % this.few == 0 && few * this.more == more * this.few;
    }
}
