package org.custodes.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.register.Camera;
import org.custodes.store.Item;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Opener;
import org.custodes.vault.Sealed;

/// Holds what a recorder plays against what its cameras sent:
///
/// - Every frame that was sent plays once, in order, byte for byte, or lies in a gap that is told.
/// - Every gap is explained by a fault of its camera, or of the machine, that was there at its time.
/// - What a kill took had not been reported safe.
/// - Retention has destroyed what was older than it, and nothing else.
final class DayOracle {
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
    private static final int MOST_TOLD = 20;

    /// A gap that begins before a time that is lived twice may end in it.
    private static final Duration AROUND = Duration.ofMinutes(2);

    private final DayRoster roster;
    private final List<DayCamera> cameras;
    private final List<DayFault> faults = new ArrayList<>();
    private final List<TimeRange> livedTwice = new ArrayList<>();

    /// By death: the last frame of each camera that had been called safe.
    private final Map<DayFault, int[]> promised = new HashMap<>();

    private final LocalDate[] firstKept;
    private final int[] last;
    private final Map<GapCause, Integer> gaps = new EnumMap<>(GapCause.class);
    private final List<String> broken = new ArrayList<>();

    DayOracle(DayRoster roster, List<DayCamera> cameras) {
        this.roster = roster;
        this.cameras = cameras;
        this.firstKept = new LocalDate[cameras.size()];
        this.last = new int[cameras.size()];
        Arrays.fill(firstKept, LocalDate.MIN);
        Arrays.fill(last, -1);
    }

    void begins(DayFault fault) {
        faults.add(fault);
    }

    /// The clock was set. What was lived until then is lived again after a step back: wall times alone do not
    /// tell the two apart, and neither do gaps.
    void stepped(Instant from, Instant to) {
        if (to.isBefore(from)) {
            livedTwice.add(new TimeRange(to, from));
        }
    }

    private boolean livedTwice(Instant from, Instant to) {
        return livedTwice.stream()
                .anyMatch(range ->
                        from.isBefore(range.end().plus(AROUND))
                                && to.isAfter(range.start().minus(AROUND)));
    }

    /// Footage was swept at that moment of the recorder's clock.
    void swept(Instant now) {
        for (var number = 0; number < firstKept.length; number++) {
            var retention = roster.cameras().get(number).retention();
            var kept = LocalDate.ofInstant(now.minus(retention), ZoneOffset.UTC);
            if (kept.isAfter(firstKept[number])) {
                firstKept[number] = kept;
            }
        }
    }

    /// Takes note of what the recorder calls safe; asked for just before it dies of the last fault.
    void promised(DayRecorder recorder) {
        for (var number = 0; number < cameras.size(); number++) {
            var track = DayRoster.track(roster.cameras().get(number));
            recorder.store().syncedThrough(track).ifPresent(cameras.get(number).log::synced);
        }
        promised.put(
                faults.getLast(),
                cameras.stream().mapToInt(camera -> camera.log.promised()).toArray());
    }

    /// How many gaps were told, by cause.
    Map<GapCause, Integer> gaps() {
        return gaps;
    }

    List<String> broken() {
        return broken;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void require(boolean holds, String promise, Object... words) {
        if (!holds && broken.size() < MOST_TOLD) {
            broken.add(promise.formatted(words));
        }
    }

    /// Plays what was recorded since the last time, and all up to now.
    void judge(DayRecorder recorder) {
        for (var number = 0; number < cameras.size(); number++) {
            var camera = roster.cameras().get(number);
            var opener = opener(recorder, camera);
            try (var cursor = recorder.store().cursor(DayRoster.track(camera))) {
                var log = cameras.get(number).log;
                if (last[number] >= 0) {
                    cursor.toKeyAtOrBefore(DayCamera.stamp(log.micros(last[number])));
                }
                walk(number, cursor::next, opener);
            } finally {
                opener.shut();
            }
        }
    }

    private static Opener opener(DayRecorder recorder, Camera camera) {
        var track = DayRoster.track(camera);
        return recorder.keys()
                .opener(camera.id().value(), track.mediaClass().number(), Instant.EPOCH, FAR);
    }

    private void walk(int camera, Supplier<Item> items, Opener opener) {
        var log = cameras.get(camera).log;
        var told = new ArrayList<Item.Gap>();
        var reached = last[camera] < 0;
        for (var item = items.get(); !(item instanceof Item.Edge); item = items.get()) {
            switch (item) {
                case Item.Gap gap -> told.add(gap);
                case Item.Edge() -> throw new AssertionError("The loop is over");
                case Item.Stored(_, var sealed) -> {
                    var number = open(camera, sealed, opener);
                    if (reached) {
                        follow(camera, number, told);
                        log.played(number, sealed.pack().tree().day().toEpochDay());
                        last[camera] = number;
                    } else {
                        reached = number == last[camera];
                    }
                    told.clear();
                }
            }
        }
        require(reached, "Camera %d: frame %d played, and plays no more", camera, last[camera]);
        for (var number = last[camera] + 1; number < log.count(); number++) {
            require(
                    !log.sent(number) || excuse(camera, number),
                    "Camera %d: frame %d was sent last and does not play",
                    camera,
                    number);
        }
    }

    /// The number of the frame that this is, byte for byte.
    private int open(int camera, Sealed sealed, Opener opener) {
        try {
            var picture = FramePayload.decodable(opener.open(sealed));
            var number = DayCamera.numberOf(picture);
            var crc = new CRC32C();
            crc.update(picture);
            var log = cameras.get(camera).log;
            require(
                    number < log.count() && log.crc(number) == (int) crc.getValue(),
                    "Camera %d: what plays as frame %d was never sent like that",
                    camera,
                    number);
            return number;
        } catch (CannotOpenException e) {
            require(
                    false,
                    "Camera %d: a record of %s that plays does not open: %s",
                    camera,
                    DayCamera.stamp(sealed.header().wallMicros()),
                    e);
            return last[camera];
        }
    }

    /// After the last frame this one is played: what is between them?
    private void follow(int camera, int number, List<Item.Gap> told) {
        var log = cameras.get(camera).log;
        var before = last[camera];
        require(number > before, "Camera %d: frame %d plays after %d", camera, number, before);
        var from = before < 0 ? Long.MIN_VALUE : log.nanos(before);
        for (var gap : told) {
            gaps.merge(gap.cause(), 1, Integer::sum);
            require(
                    before < 0
                            || livedTwice(gap.range().start(), gap.range().end())
                            || faults.stream()
                                    .anyMatch(fault ->
                                            fault.explains(
                                                    camera, from, log.nanos(number), gap.cause())),
                    "Camera %d: nothing explains the gap %s after frame %d; %s",
                    camera,
                    gap,
                    before,
                    faultsBefore(log.nanos(number)));
        }
        var hole = before < 0 || log.micros(number) <= log.micros(before);
        for (var missing = before + 1; missing < number && before >= 0; missing++) {
            lost(camera, missing, told, hole);
        }
    }

    /// @param isStep whether the clock went back between the frames around it: then there is no stretch of
    ///     time that a gap could be
    private void lost(int camera, int number, List<Item.Gap> told, boolean isStep) {
        var log = cameras.get(camera).log;
        if (log.sent(number)) {
            require(
                    excuse(camera, number),
                    "Camera %d: frame %d, of %s, was sent and does not play; %s",
                    camera,
                    number,
                    DayCamera.stamp(log.micros(number)),
                    faultsBefore(log.nanos(number)));
        }
        require(
                isStep || log.lostOnItsWay(number) || !told.isEmpty(),
                "Camera %d: no gap is told where frame %d, of %s, is missing",
                camera,
                number,
                DayCamera.stamp(log.micros(number)));
        var stamp = DayCamera.stamp(log.micros(number));
        require(
                isStep
                        || !log.sent(number)
                        || clockWasSet(log.nanos(number))
                        || livedTwice(stamp, stamp)
                        || told.stream()
                                .anyMatch(gap ->
                                        !stamp.isBefore(gap.range().start())
                                                && stamp.isBefore(gap.range().end())),
                "Camera %d: frame %d, of %s, lies outside of the gaps that are told: %s; %s",
                camera,
                number,
                stamp,
                told,
                faultsBefore(log.nanos(number)));
    }

    private String told(DayLog log, int frame) {
        return "frame %d, of %s, with %s"
                .formatted(
                        frame, DayCamera.stamp(log.micros(frame)), faultsBefore(log.nanos(frame)));
    }

    /// The last ones, each with how many seconds before that moment it began.
    private String faultsBefore(long nanos) {
        var before = faults.stream().filter(fault -> fault.fromNanos() <= nanos).toList();
        return before.stream()
                .skip(Math.max(0, before.size() - 2))
                .map(fault ->
                        "%s of camera %d %d s before"
                                .formatted(
                                        fault.kind(),
                                        fault.camera(),
                                        TimeUnit.NANOSECONDS.toSeconds(nanos - fault.fromNanos())))
                .collect(Collectors.joining(", "));
    }

    private boolean clockWasSet(long nanos) {
        return faults.stream()
                .filter(fault -> fault.kind() == DayFault.Kind.CLOCK)
                .anyMatch(fault -> fault.excuses(0, nanos));
    }

    private boolean excuse(int camera, int number) {
        var log = cameras.get(camera).log;
        return faults.stream()
                .filter(fault -> fault.excuses(camera, log.nanos(number)))
                .anyMatch(fault ->
                        switch (fault.kind()) {
                            case KILL, POWER -> number > promisedAt(fault, camera);
                            default -> true;
                        });
    }

    private int promisedAt(DayFault death, int camera) {
        var known = promised.get(death);
        return known == null ? -1 : known[camera];
    }

    /// Plays the whole day: what retention has not destroyed, and nothing else.
    void judgeRetention(DayRecorder recorder) {
        for (var number = 0; number < cameras.size(); number++) {
            var camera = roster.cameras().get(number);
            var log = cameras.get(number).log;
            var expected = new BitSet();
            var kept = firstKept[number];
            log.played().stream()
                    .filter(frame -> log.day(frame) >= kept.toEpochDay())
                    .forEach(expected::set);
            var found = new BitSet();
            var opener = opener(recorder, camera);
            try (var cursor = recorder.store().cursor(DayRoster.track(camera))) {
                for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
                    if (item instanceof Item.Stored(_, var sealed)) {
                        var frame = open(number, sealed, opener);
                        require(!found.get(frame), "Camera %d: %d plays twice", number, frame);
                        found.set(frame);
                    }
                }
            } finally {
                opener.shut();
            }
            var differ = (BitSet) expected.clone();
            differ.xor(found);
            require(
                    differ.isEmpty(),
                    "Camera %d: of what is to be kept from %s on (%d frames) %d play; they differ first in %s",
                    number,
                    kept,
                    expected.cardinality(),
                    found.cardinality(),
                    differ.isEmpty() ? "none" : told(log, differ.nextSetBit(0)));
            var days = recorder.keys().days(camera.id().value(), 0).headSet(kept);
            require(days.isEmpty(), "Camera %d: keys of %s are still there", number, days);
        }
    }

    /// How many frames retention has destroyed.
    long expired() {
        var expired = 0L;
        for (var number = 0; number < cameras.size(); number++) {
            var log = cameras.get(number).log;
            var kept = firstKept[number].toEpochDay();
            expired += log.played().stream().filter(frame -> log.day(frame) < kept).count();
        }
        return expired;
    }
}
