package org.custodes.cli;

/// What can be measured.
enum BenchJob {
    record(8),
    live(8),
    seek(64),
    timeline(64),
    start(200),
    recover(20),
    sign_in(8),
    sign_in_timing(2),
    /// Each of them, one after the other.
    all(0);

    private final int cameras;

    BenchJob(int cameras) {
        this.cameras = cameras;
    }

    /// The word of the command line.
    @Override
    public String toString() {
        return name().replace('_', '-');
    }

    /// With how many cameras, if nobody says otherwise.
    int cameras() {
        return cameras;
    }
}
