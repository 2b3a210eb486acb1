package org.custodes.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// What one input may cost whoever reads it.
public final class HostileInput {
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private HostileInput() {}

    /// Something that is done with an input.
    @FunctionalInterface
    public interface Reading {
        /// Reads the input.
        ///
        /// @throws Exception if the input is one that its reader cannot bear
        void run() throws Exception;
    }

    /// Reads it, in this thread. What is beyond the bounds is read once more, for the first time it may
    /// have been classes that were loaded.
    ///
    /// @throws IllegalStateException if that allocated more than 64 MB, or took more than a second of the
    ///     processor's time: what a busy machine adds is not the reader's fault
    public static void withinBounds(Reading reading) throws Exception {
        if (costs(reading).isTooMuch()) {
            var again = costs(reading);
            if (again.isTooMuch()) {
                throw new IllegalStateException(
                        "One input cost %d MB and %d ms"
                                .formatted(again.bytes() >> 20, again.time().toMillis()));
            }
        }
    }

    private record Cost(long bytes, Duration time) {
        boolean isTooMuch() {
            return bytes > MOST_BYTES || time.compareTo(LONGEST) > 0;
        }
    }

    private static Cost costs(Reading reading) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var bytes = threads.getCurrentThreadAllocatedBytes();
        var nanos = threads.getCurrentThreadCpuTime();
        reading.run();
        return new Cost(
                threads.getCurrentThreadAllocatedBytes() - bytes,
                Duration.ofNanos(threads.getCurrentThreadCpuTime() - nanos));
    }
}
