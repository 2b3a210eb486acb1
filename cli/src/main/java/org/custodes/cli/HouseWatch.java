package org.custodes.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second at what no room tells by itself, and raises or ends its alarms.
final class HouseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HouseWatch.class);
    private static final int SECONDS = 1;

    /// One thing that can be wrong.
    ///
    /// @param key of its alarm
    /// @param kind of its alarm
    /// @param cause what is wrong now, empty if nothing is
    /// @param nextStep what a person does about it
    /// @param values by name, for the console's sentences, while something is wrong
    record Concern(
            String key,
            AlarmKind kind,
            Supplier<Optional<String>> cause,
            String nextStep,
            Supplier<Map<String, String>> values) {

        /// One whose sentences need no values.
        Concern(String key, AlarmKind kind, Supplier<Optional<String>> cause, String nextStep) {
            this(key, kind, cause, nextStep, Map::of);
        }

        /// The only one of its kind.
        Concern(AlarmKind kind, Supplier<Optional<String>> cause, String nextStep) {
            this(kind.code(), kind, cause, nextStep);
        }

        Concern with(Supplier<Map<String, String>> known) {
            return new Concern(key, kind, cause, nextStep, known);
        }
    }

    private final Signals signals;
    private final InstantSource clock;
    private final List<Concern> concerns;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("house-watch").factory());

    private HouseWatch(Signals signals, InstantSource clock, List<Concern> concerns) {
        this.signals = signals;
        this.clock = clock;
        this.concerns = List.copyOf(concerns);
    }

    /// Looks now, and then every second until it is closed.
    static HouseWatch start(Signals signals, InstantSource clock, List<Concern> concerns) {
        var watch = new HouseWatch(signals, clock, concerns);
        var _ = watch.rounds.scheduleWithFixedDelay(watch::look, 0, SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /// One round.
    void look() {
        for (var concern : concerns) {
            try {
                look(concern);
            } catch (RuntimeException e) {
                LOG.error("The watch could not look at {}", concern.kind(), e);
            }
        }
    }

    private void look(Concern concern) {
        var cause = concern.cause().get();
        if (cause.isPresent()) {
            signals.raise(
                    new Alarm(
                            concern.key(),
                            concern.kind(),
                            "",
                            clock.instant(),
                            cause.get(),
                            concern.nextStep(),
                            concern.values().get()));
        } else {
            signals.end(concern.key(), clock.instant());
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
