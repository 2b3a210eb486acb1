package org.custodes.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.custodes.store.CheckReport.Finding;

/// Collects what a check finds and counts.
final class Findings {
    static final String REPAIR = "Stop the recorder and run `custodes check --repair`.";
    static final String RESTORE =
            "Nothing was changed. Restore the file from a copy, or leave it: what is whole in it plays.";

    /// Enough to see what is wrong; a report is not meant to fill the memory.
    private static final int MOST = 10_000;

    private final List<Finding> found = new ArrayList<>();
    long packs;
    long records;
    long opened;
    long bytes;
    private long repaired;

    void add(Path file, String kind, String what, String nextStep) {
        if (found.size() < MOST) {
            found.add(new Finding(file, kind, what, nextStep, false));
        }
    }

    void repaired(Path file, String kind, String what) {
        repaired++;
        if (found.size() < MOST) {
            found.add(new Finding(file, kind, what, "Nothing: it was mended.", true));
        }
    }

    CheckReport report() {
        return new CheckReport(found, packs, records, opened, bytes, repaired);
    }
}
