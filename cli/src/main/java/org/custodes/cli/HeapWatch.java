package org.custodes.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Gives memory back to the machine. The serial collector looks at old objects when it has taken all that
/// it may, and then only; so a recorder of ten cameras would in time take what one of two hundred needs.
/// Another collector sees to it by itself.
final class HeapWatch implements AutoCloseable {
    private static final String OLD_OF_THE_SERIAL_COLLECTOR = "Tenured Gen";
    private static final int SECONDS = 5;

    /// A start takes several times the memory of what follows it.
    private static final int START_OVER_SECONDS = 45;

    /// A collection stops everything for about 0.4 ms per MB that is in use: so it has to find a third as
    /// much again, and some.
    private static final int WORTH_IT_SHARE = 3;

    private static final long WORTH_IT_BYTES = 16 << 20;

    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heap-watch").factory());

    private HeapWatch() {}

    static HeapWatch start() {
        var watch = new HeapWatch();
        old().ifPresent(pool -> {
            var _ = watch.rounds.schedule(System::gc, START_OVER_SECONDS, TimeUnit.SECONDS);
            var _ =
                    watch.rounds.scheduleWithFixedDelay(
                            () -> look(pool),
                            START_OVER_SECONDS + SECONDS,
                            SECONDS,
                            TimeUnit.SECONDS);
        });
        return watch;
    }

    private static Optional<MemoryPoolMXBean> old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OLD_OF_THE_SERIAL_COLLECTOR))
                .findFirst();
    }

    private static void look(MemoryPoolMXBean old) {
        var neededThen = old.getCollectionUsage().getUsed();
        if (isWorthIt(neededThen, old.getUsage().getUsed())) {
            System.gc();
        }
    }

    /// @param neededThen bytes that the last collection found in use
    /// @param usedNow bytes, in use or not any more
    static boolean isWorthIt(long neededThen, long usedNow) {
        return usedNow - neededThen > neededThen / WORTH_IT_SHARE + WORTH_IT_BYTES;
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
