package org.custodes.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.custodes.chaos.Oracle.RecordId;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.mishap.SimulatedDisk.Fault;
import org.custodes.mishap.SimulatedDisk.Kind;
import org.custodes.signals.Signals;
import org.custodes.store.Item;
import org.custodes.store.StoreCheck;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;

/// Whichever step of the volume's disk goes wrong, in whichever way: an alarm tells of it, memory stays
/// bounded, live view misses nothing, nothing corrupt or clear is stored, every gap has a cause, and
/// recording comes back by itself.
///
/// A sample of the first 2,000 steps, another one each day; `-Dcustodes.faults=2000` takes all.
class DiskFaultTest {
    private static final int STEPS = 2_000;
    private static final int SAMPLE = Integer.getInteger("custodes.faults", 12);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRAME = Duration.ofMillis(200);
    private static final int GOP = 5;
    private static final long QUEUE = 4 << 20;

    /// A few failing steps after which the disk is well again.
    private static final int AWAY = 12;

    @Test
    void the_nth_write_or_sync_fails_once() {
        everyStep(n -> step -> failIf(step.number() == n, "Input/output error"));
    }

    @Test
    void the_disk_is_full_from_the_nth_step_on_for_a_while() {
        everyStep(n ->
                step ->
                        failIf(
                                step.number() >= n
                                        && step.number() < n + AWAY
                                        && step.kind() != Kind.REMOVE,
                                "No space left on device"));
    }

    @Test
    void the_disk_is_read_only_from_the_nth_step_on_for_a_while() {
        everyStep(n ->
                step ->
                        failIf(
                                step.number() >= n && step.number() < n + AWAY,
                                "Read-only file system"));
    }

    @Test
    void the_disk_stands_still_for_5_s_at_the_nth_step() {
        for (var n : steps()) {
            var run = new Run(n);
            run.recorder.disk.fault(step -> {
                if (step.number() == run.first + n) {
                    run.stall(Duration.ofSeconds(5));
                }
            });
            run.toStep();
            run.on(4);
            run.recorder.disk.heal();
            run.on(5);

            run.assertLiveMissedNothing();
            run.stop();
            assertThat(run.lost()).as("step %d: nothing is lost to 5 s", n).isEmpty();
        }
    }

    private static void failIf(boolean now, String message) throws IOException {
        if (now) {
            throw new IOException(message);
        }
    }

    private static void everyStep(LongFunction<Fault> faults) {
        for (var n : steps()) {
            var run = new Run(n);
            run.recorder.disk.fault(faults.apply(run.first + n));
            run.toStep();
            run.on(4);
            assertThat(run.alarms).as("step %d: an alarm tells of it", n).isNotEmpty();
            run.assertCrashImages();
            run.recorder.disk.heal();
            run.on(3);
            assertThat(run.recorder.signals.standing()).as("step %d: it ends", n).isEmpty();
            var well = run.recorder.clock.instant();
            run.on(5);
            run.assertCrashImages();

            run.assertLiveMissedNothing();
            run.stop();
            assertThat(run.lost())
                    .as("step %d: recording came back by itself", n)
                    .allMatch(lost -> wall(lost).isBefore(well));
        }
    }

    /// Which steps a run goes wrong at.
    private static List<Long> steps() {
        var all = LongStream.rangeClosed(1, STEPS).boxed().toList();
        var chance = new SplittableRandom(LocalDate.now(ZoneOffset.UTC).toEpochDay());
        return SAMPLE >= STEPS
                ? all
                : chance.longs(SAMPLE, 1, STEPS + 1).sorted().distinct().boxed().toList();
    }

    private static Instant wall(Sealed sealed) {
        return Instant.EPOCH.plusNanos(sealed.header().wallMicros() * 1_000);
    }

    /// Two cameras being recorded and watched.
    private static final class Run {
        final MadeRecorder recorder;
        final List<String> alarms = new ArrayList<>();
        final long first;
        private final List<Sealed> appended = new ArrayList<>();
        private final List<Sealed> seen = new ArrayList<>();
        private final SplittableRandom chance;
        private final long n;
        private int frames;
        private boolean stalled;

        Run(long n) {
            this.n = n;
            chance = new SplittableRandom(n);
            recorder = new MadeRecorder(new SimulatedDisk(), 1, START, new Oracle(), n);
            recorder.start();
            recorder.signals.listen(change -> {
                if (change instanceof Signals.Change.Raised(var alarm)) {
                    alarms.add(alarm.kind());
                    assertThat(alarm.nextStep()).isNotBlank();
                }
            });
            for (var number = 0; number < 2; number++) {
                var camera = recorder.add(number);
                camera.watch(appended::add);
                recorder.store().tail(camera.track()).subscribe((_, sealed) -> seen.add(sealed));
                // Keys are made ahead of their day: what is tried here is the volume.
                camera.prepareToday();
            }
            // Something to begin with: a gap lies between two records.
            on(2);
            recorder.settle();
            first = recorder.disk.steps();
        }

        /// Records until the n-th step was taken or tried.
        void toStep() {
            while (recorder.disk.steps() < first + n) {
                frame();
            }
        }

        void on(int seconds) {
            for (var count = 0; count < seconds * 5; count++) {
                frame();
            }
        }

        private void frame() {
            frames();
            recorder.pass(FRAME);
            assertBounded();
        }

        private void frames() {
            for (var camera : recorder.cameras) {
                camera.frame(frames % GOP == 0, 400 + chance.nextInt(800));
            }
            frames++;
        }

        /// The disk does not answer, and the cameras go on.
        void stall(Duration time) {
            if (stalled) {
                return;
            }
            stalled = true;
            var until = recorder.clock.instant().plus(time);
            while (recorder.clock.instant().isBefore(until)) {
                frames();
                recorder.clock.pass(FRAME);
                assertBounded();
            }
        }

        private void assertBounded() {
            var volume = recorder.store().volumes().getFirst();
            assertThat(volume.queuedBytes()).isLessThanOrEqualTo(QUEUE);
            assertThat(volume.openPacks()).isLessThanOrEqualTo(6);
            assertThat(recorder.disk.opened()).isLessThanOrEqualTo(12);
        }

        void assertLiveMissedNothing() {
            assertThat(seen).as("step %d: live view", n).isEqualTo(appended);
        }

        /// What was promised before the fault, and what is promised now, survives a power cut.
        void assertCrashImages() {
            recorder.promise();
            for (var image = 0; image < 2; image++) {
                new Aftermath(recorder, chance.split())
                        .check(recorder.disk.crashImage(chance.split()));
            }
        }

        /// Stops in order, proves what lies there, and starts again.
        void stop() {
            recorder.stop();
            try (var vault = Machine.vault(recorder.disk, 1, new SeededRandom(1), 0)) {
                var settings = Machine.settings(recorder.disk);
                var report = StoreCheck.run(settings, Optional.of(vault), false);
                assertThat(report.findings()).as("step %d", n).isEmpty();
            }
            assertThat(recorder.disk.holds(Machine.CLEAR_TEXT)).isFalse();
            assertThat(recorder.disk.opened()).isZero();
            recorder.start();
        }

        /// What is not played any more; each lies in a gap that has a cause.
        List<Sealed> lost() {
            var lost = new ArrayList<Sealed>();
            for (var camera : recorder.cameras) {
                var played = new HashSet<RecordId>();
                var gaps = new ArrayList<TimeRange>();
                try (var cursor = recorder.store().cursor(camera.track())) {
                    for (var item = cursor.next();
                            !(item instanceof Item.Edge);
                            item = cursor.next()) {
                        switch (item) {
                            case Item.Stored(_, var sealed) -> {
                                recorder.oracle.check(sealed);
                                played.add(RecordId.of(sealed));
                            }
                            case Item.Gap(var range, var cause) -> {
                                assertThat(cause).isNotEqualTo(GapCause.UNKNOWN);
                                gaps.add(range);
                            }
                            case Item.Edge() -> throw new AssertionError("The loop is over");
                        }
                    }
                }
                for (var sealed : appended) {
                    if (sealed.pack().tree().camera().equals(camera.track().camera().value())
                            && !played.contains(RecordId.of(sealed))) {
                        assertThat(gaps)
                                .as("step %d: the gap in which %s lies", n, wall(sealed))
                                .anyMatch(gap ->
                                        !wall(sealed).isBefore(gap.start())
                                                && wall(sealed).isBefore(gap.end()));
                        lost.add(sealed);
                    }
                }
            }
            return lost;
        }
    }
}
