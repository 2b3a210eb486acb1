package org.custodes.cli;

/// What can be measured.
enum BenchJob {
    record(8),
    live(8),
    seek(64),
    timeline(64),
    start(200),
    recover(20),
    /// Each of them, one after the other.
    all(0);

    private final int cameras;

    BenchJob(int cameras) {
        this.cameras = cameras;
    }

    /// With how many cameras, if nobody says otherwise.
    int cameras() {
        return cameras;
    }
}
