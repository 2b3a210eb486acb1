package org.custodes.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.custodes.audit.Verification;
import org.custodes.chaos.DayFault.Kind;
import org.custodes.media.GapCause;
import org.custodes.mishap.SimulatedClock;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.AlarmKind;
import org.custodes.store.StoreCheck;

/// A day of a recorder, in minutes: the rooms' own code from the camera's frame to its destruction on a
/// simulated machine, one thread, with a fault every ten minutes. Drawn from its seed alone.
///
/// It begins at six in the evening of the day before European summer time ends, so that midnight, an hour
/// that somebody's clock lives twice, and the end of a day's retention all fall into it.
public final class Day {
    private static final Instant EVENING = Instant.parse("2026-10-24T18:00:00Z");
    private static final int SLOTS_AN_HOUR = 6;
    private static final Duration SLOT = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MIDNIGHT = 6;
    private static final int SUMMER_ENDS = 7;

    /// What a heap may hold more at the end than after an hour, beside what the simulated disk holds.
    private static final long MORE_HEAP = 12L << 20;

    private static final int MORE_OPEN_FILES = 5;

    private final int hours;
    private final Consumer<String> progress;
    private final SplittableRandom random;
    private final SimulatedClock clock = new SimulatedClock(EVENING);
    private final DayRoster roster;
    private final List<DayCamera> cameras;
    private final DayOracle oracle;
    private final DayRecorder recorder;
    private final List<Kind> plan = new ArrayList<>();
    private long ticks;
    private boolean stalling;
    private int hoursOff;
    private int faults;

    /// @param cameras how many, at least two
    /// @param hours how many of the day are lived; retention ends within the first 19
    /// @param seed of the day
    /// @param progress is told a line each hour
    public Day(int cameras, int hours, long seed, Consumer<String> progress) {
        if (cameras < 2 || hours < 2) {
            throw new IllegalArgumentException(
                    "A day has at least two cameras and two hours, but got %d and %d"
                            .formatted(cameras, hours));
        }
        this.hours = hours;
        this.progress = progress;
        this.random = new SplittableRandom(seed);
        this.roster = new DayRoster(cameras);
        var most = (int) (Duration.ofHours(hours + 1).toSeconds() / 2 * 12 / 10);
        this.cameras =
                IntStream.range(0, cameras)
                        .mapToObj(number -> new DayCamera(number, most, clock, random.split()))
                        .toList();
        this.oracle = new DayOracle(roster, this.cameras);
        this.recorder = new DayRecorder(clock, roster, this.cameras, seed);
    }

    /// What came of it.
    ///
    /// @param sent frames that cameras sent
    /// @param played frames that played, once each
    /// @param expired of these, which retention destroyed
    /// @param faults how many were done
    /// @param gaps that were told, by cause
    /// @param growth bytes that the heap grew from the end of the first hour to that of the last, beside
    ///     what the simulated disk holds
    /// @param broken what was promised and not kept; empty if all was
    public record Report(
            long sent,
            long played,
            long expired,
            int faults,
            Map<GapCause, Integer> gaps,
            long growth,
            List<String> broken) {

        public Report {
            gaps = Map.copyOf(gaps);
            broken = List.copyOf(broken);
        }
    }

    /// Lives it.
    public Report run() {
        recorder.start();
        var growth = 0L;
        try {
            hour(0);
            var files = recorder.disk.opened();
            var heap = heap();
            for (var hour = 1; hour < hours; hour++) {
                hour(hour);
            }
            growth = heap() - heap;
            oracle.require(growth <= MORE_HEAP, "The heap grew by %,d bytes", growth);
            oracle.require(
                    recorder.disk.opened() <= files + MORE_OPEN_FILES,
                    "%d files were open after an hour, and now %d",
                    files,
                    recorder.disk.opened());
            oracle.judgeRetention(recorder);
            end();
        } catch (RuntimeException | SimulatedDisk.ProcessEnded e) {
            oracle.broken().add("The day ended at %s: %s".formatted(clock.instant(), e));
            progress.accept("  " + List.of(e.getStackTrace()));
        }
        return new Report(
                cameras.stream().mapToLong(camera -> camera.log.sentCount()).sum(),
                cameras.stream().mapToLong(camera -> camera.log.played().cardinality()).sum(),
                oracle.expired(),
                faults,
                oracle.gaps(),
                growth,
                oracle.broken());
    }

    /// What the heap holds, beside what stands on the disk.
    private long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() - recorder.disk.bytes() * 11 / 10;
    }

    /// Stops in order and checks all that was written.
    private void end() {
        var log = recorder.audit().verify();
        oracle.require(log instanceof Verification.Holds, "The log does not hold: %s", log);
        recorder.stop();
        oracle.require(recorder.disk.opened() == 0, "%d files stay open", recorder.disk.opened());
        oracle.require(!recorder.disk.holds(Machine.CLEAR_TEXT), "A picture stands in the clear");
        try (var vault = recorder.vault()) {
            oracle.require(vault.check().clean(), "Keys: %s", vault.check().faults());
            var found = StoreCheck.run(recorder.settings(), Optional.of(vault), false).findings();
            oracle.require(found.isEmpty(), "The store does not verify: %s", found);
        }
    }

    private void hour(int hour) {
        for (var slot = 0; slot < SLOTS_AN_HOUR; slot++) {
            slot(hour, slot);
        }
        recorder.store().turn(true);
        oracle.judge(recorder);
        progress.accept(
                "%s: %,d frames sent, %d faults, gaps %s"
                        .formatted(
                                clock.instant(),
                                cameras.stream().mapToLong(one -> one.log.sentCount()).sum(),
                                faults,
                                oracle.gaps()));
    }

    private void slot(int hour, int slot) {
        var from = clock.getAsLong();
        var begin = from + Duration.ofSeconds(30 + random.nextInt(170)).toNanos();
        var end = from + SLOT.toNanos();
        // What was told to happen at its time goes before what was drawn.
        if (hour == MIDNIGHT && slot == 2) {
            passUntil(begin);
            setClock(Duration.ofMinutes(-15));
        } else if (hour == SUMMER_ENDS && slot == 2) {
            passUntil(begin);
            setHour(-1);
        } else if (hour == MIDNIGHT - 1 && slot == SLOTS_AN_HOUR - 1) {
            passUntil(end - Duration.ofSeconds(2).toNanos());
            die(Kind.POWER);
        } else {
            passUntil(begin);
            act(drawn());
        }
        passUntil(end);
        if (recorder.runs()) {
            assertQuiet();
        }
    }

    /// Each kind comes before one comes again.
    private Kind drawn() {
        if (plan.isEmpty()) {
            Collections.addAll(plan, Kind.values());
            Collections.shuffle(plan, new Random(random.nextLong()));
        }
        return plan.removeLast();
    }

    private void act(Kind kind) {
        switch (kind) {
            case DISK_ERRORS -> failDisk(kind, Duration.ofSeconds(1 + random.nextInt(30)), "I/O");
            case DISK_FULL_UP ->
                    failDisk(kind, Duration.ofSeconds(1 + random.nextInt(60)), "No space left");
            case SYNC_FAILS -> failSync();
            case STALL -> stall(Duration.ofSeconds(2 + random.nextInt(4)));
            case CLOCK -> {
                setHour(hoursOff != 0 ? -hoursOff : random.nextBoolean() ? 1 : -1);
            }
            case RESTART -> restart(Duration.ofSeconds(1 + random.nextInt(40)));
            case KILL, POWER -> die(kind);
            default -> ofCamera(kind);
        }
    }

    private void begins(Kind kind, int camera, Duration lasts) {
        faults++;
        oracle.begins(DayFault.of(kind, camera, clock.getAsLong(), lasts));
    }

    private void ofCamera(Kind kind) {
        var number = random.nextInt(cameras.size());
        var lasts = Duration.ofSeconds(8 + random.nextInt(100));
        begins(kind, number, lasts);
        cameras.get(number).begin(kind, lasts);
    }

    private void failDisk(Kind kind, Duration lasts, String message) {
        begins(kind, DayFault.ALL, lasts);
        recorder.disk.fault(step -> {
            if (isOfVolume(step) && (kind != Kind.DISK_FULL_UP || isGrowth(step))) {
                throw new IOException(message + " at " + step);
            }
        });
        passUntil(clock.getAsLong() + lasts.toNanos());
        recorder.disk.heal();
    }

    private void failSync() {
        begins(Kind.SYNC_FAILS, DayFault.ALL, TICK);
        recorder.disk.fault(step -> {
            if (isOfVolume(step) && step.kind() == SimulatedDisk.Kind.SYNC) {
                recorder.disk.heal();
                throw new IOException("I/O at " + step);
            }
        });
    }

    private void stall(Duration lasts) {
        begins(Kind.STALL, DayFault.ALL, lasts);
        recorder.disk.fault(step -> {
            if (isOfVolume(step) && !stalling) {
                stalling = true;
                recorder.disk.heal();
                for (var tick = 0; tick < lasts.toSeconds(); tick++) {
                    makeFrames();
                    recorder.capture().turn();
                }
                stalling = false;
            }
        });
    }

    private static boolean isGrowth(SimulatedDisk.Step step) {
        return step.kind() == SimulatedDisk.Kind.WRITE || step.kind() == SimulatedDisk.Kind.MAKE;
    }

    private boolean isOfVolume(SimulatedDisk.Step step) {
        Path volume = recorder.disk.path("data/volume");
        return step.path().startsWith(volume);
    }

    /// Footage is played day by day, so what is recorded after a step back over midnight plays before what was
    /// recorded until then; such steps are left to the lives of [PowerCuts], whose oracle asks for no order.
    private void setHour(int hours) {
        var sinceMidnight = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).toSecondOfDay();
        var overMidnight = sinceMidnight + Duration.ofHours(hours).toSeconds() < 0;
        var step = overMidnight ? 1 : hours;
        hoursOff += step;
        setClock(Duration.ofHours(step));
    }

    private void setClock(Duration far) {
        begins(Kind.CLOCK, DayFault.ALL, Duration.ZERO);
        oracle.stepped(clock.instant(), clock.instant().plus(far));
        clock.step(far);
    }

    private void restart(Duration away) {
        begins(Kind.RESTART, DayFault.ALL, away);
        recorder.stop();
        passUntil(clock.getAsLong() + away.toNanos());
        recorder.start();
    }

    private void die(Kind kind) {
        var away = Duration.ofSeconds(random.nextInt(30));
        begins(kind, DayFault.ALL, away.plus(TICK.multipliedBy(2)));
        recorder.disk.endAtStep(1 + random.nextInt(12));
        try {
            recorder.turn();
            tick();
        } catch (SimulatedDisk.ProcessEnded e) {
            // So it was meant. If there were fewer steps, it ends here.
        }
        oracle.promised(recorder);
        if (kind == Kind.POWER) {
            recorder.disk.cutPower(random.split());
        } else {
            recorder.disk.kill();
        }
        recorder.die();
        passUntil(clock.getAsLong() + away.toNanos());
        recorder.start();
    }

    private void passUntil(long nanos) {
        while (clock.getAsLong() < nanos) {
            tick();
        }
    }

    private void tick() {
        makeFrames();
        if (recorder.runs() && recorder.turn()) {
            if (!stands(AlarmKind.KEEPING_CLOCK_LEAPT)) {
                oracle.swept(clock.instant());
            }
        }
    }

    private void makeFrames() {
        clock.pass(TICK.minusMillis(100).plusMillis(random.nextInt(200)));
        ticks++;
        for (var number = 0; number < cameras.size(); number++) {
            if ((ticks + number) % 2 == 0) {
                cameras.get(number).frame();
            }
        }
    }

    /// Minutes after a fault no alarm stands but that of a clock that was set.
    private void assertQuiet() {
        for (var alarm : recorder.signals().standing()) {
            var kind = alarm.kind();
            oracle.require(
                    kind.equals(AlarmKind.CLOCK_STEPPED.code())
                            || kind.equals(AlarmKind.KEEPING_CLOCK_LEAPT.code()),
                    "At %s an alarm stands: %s",
                    clock.instant(),
                    alarm);
        }
    }

    private boolean stands(AlarmKind wanted) {
        return recorder.signals().standing().stream()
                .anyMatch(alarm -> alarm.kind().equals(wanted.code()));
    }
}
