package org.custodes.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.custodes.media.Bytes;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.simulator.AccessUnit;
import org.custodes.simulator.Clip;
import org.custodes.store.ClockState;
import org.custodes.store.Origin;
import org.custodes.store.PackStart;
import org.custodes.store.PackWriter;
import org.custodes.store.Store;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.PackSealer;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.TreeId;
import org.custodes.vault.Vault;

/// Records days gone by as `capture` would have, through the product's own vault and store, with the
/// clock in hand. What is left out of them: [Archive.Kind].
final class ArchiveFilling {
    private static final int MINUTES = 1440;
    private static final int PACK_MINUTES = 9;
    private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);
    private static final long KEY_EVERY = TimeUnit.SECONDS.toMicros(2);

    private static final int FULL_DAYS = 4;
    private static final int GOPS_A_DAY = 4;
    private static final int LONG_GAPS_IN_30_DAYS = 20;
    private static final int LONGEST_GAP_MINUTES = 6 * 60;

    /// The store gets its turn after so many packs or bytes.
    private static final int PACKS_A_TURN = 256;

    private static final long BYTES_A_TURN = 16 << 20;

    /// An access unit delimiter with nothing behind it: a picture of nothing.
    private static final byte[] EMPTY =
            FramePayload.encode(Bytes.empty(), Bytes.of(new byte[] {0, 0, 0, 1, 9, (byte) 0xF0}));

    private final Vault vault;
    private final Store store;
    private final ClockInHand clock;
    private final Clip clip;
    private final Archive.Shape shape;
    private final List<List<AccessUnit>> gops;

    /// The same packs and gaps each time; keys and ids are never drawn from it.
    private final SplittableRandom chance = new SplittableRandom(1);

    private final List<Archive.Place> places = new ArrayList<>();
    private int waitingPacks;
    private long waitingBytes;

    ArchiveFilling(Vault vault, Store store, ClockInHand clock, Clip clip, Archive.Shape shape) {
        this.vault = vault;
        this.store = store;
        this.clock = clock;
        this.clip = clip;
        this.shape = shape;
        this.gops = gopsOf(clip);
    }

    /// The GOPs of a film.
    static List<List<AccessUnit>> gopsOf(Clip clip) {
        var gops = new ArrayList<List<AccessUnit>>();
        for (var unit : clip.accessUnits()) {
            if (unit.key()) {
                gops.add(new ArrayList<>());
            }
            gops.getLast().add(unit);
        }
        return gops;
    }

    /// Fills the days up to `lastDay`.
    ///
    /// @return where GOPs of the film lie
    List<Archive.Place> fill(List<TrackId> tracks, LocalDate lastDay) {
        var firstDay = lastDay.minusDays(shape.days() - 1L);
        vault.prepare(
                tracks.stream()
                        .flatMap(track ->
                                firstDay.datesUntil(lastDay.plusDays(1))
                                        .map(day ->
                                                new TreeId(
                                                        track.camera().value(),
                                                        track.mediaClass().number(),
                                                        day,
                                                        0)))
                        .toList());
        var recorded = tracks.stream().map(_ -> recordedMinutes()).toList();
        for (var day = 0; day < shape.days(); day++) {
            for (var number = 0; number < tracks.size(); number++) {
                fillDay(
                        new Day(
                                tracks.get(number),
                                number,
                                firstDay.plusDays(day),
                                day,
                                recorded.get(number)));
            }
        }
        turn();
        return places;
    }

    /// One camera's day.
    ///
    /// @param number the camera's place among the archive's
    /// @param ordinal which day of the archive, from 0
    /// @param recorded the minutes of the whole archive in which the camera was recorded
    private record Day(TrackId track, int number, LocalDate date, int ordinal, BitSet recorded) {

        int firstMinute() {
            return ordinal * MINUTES;
        }

        /// When a minute of the archive begins.
        long micros(int minute) {
            var start = date.atStartOfDay().toInstant(ZoneOffset.UTC);
            return ChronoUnit.MICROS.between(Instant.EPOCH, start)
                    + (minute - firstMinute()) * MINUTE;
        }
    }

    /// A pack to be made, from one minute of the archive to another.
    private record Plan(int from, int to, GapCause since) {}

    private BitSet recordedMinutes() {
        var minutes = new BitSet();
        switch (shape.kind()) {
            case WHOLE -> {
                var all = shape.days() * MINUTES;
                IntStream.range(0, all).filter(_ -> chance.nextInt(100) > 0).forEach(minutes::set);
                for (var gap = 0; gap < LONG_GAPS_IN_30_DAYS * shape.days() / 30; gap++) {
                    var length = 60 + chance.nextInt(LONGEST_GAP_MINUTES - 60);
                    var start = chance.nextInt(all - length);
                    minutes.clear(start, start + length);
                }
            }
            case KEPT -> {
                for (var day = 0; day < shape.days() - 1; day++) {
                    minutes.set(day * MINUTES, day * MINUTES + PACK_MINUTES);
                }
                minutes.set((shape.days() - 1) * MINUTES, shape.days() * MINUTES);
            }
        }
        return minutes;
    }

    /// Whether the day has a key frame every 2 s. In a whole archive days are dealt out so that each
    /// camera has some, and each day is some camera's.
    private boolean full(Day day) {
        return switch (shape.kind()) {
            case KEPT -> day.ordinal() == shape.days() - 1;
            case WHOLE -> {
                var apart = Math.max(1, shape.days() / FULL_DAYS);
                yield (day.ordinal() + day.number()) % apart == 0;
            }
        };
    }

    private void fillDay(Day day) {
        var plans = plans(day);
        var full = full(day);
        var withFilm =
                full && shape.kind() == Archive.Kind.WHOLE ? drawn(plans) : Map.<Integer, Long>of();
        for (var place = 0; place < plans.size(); place++) {
            var plan = plans.get(place);
            fillPack(day, plan, full, withFilm.getOrDefault(place, -1L));
            if (!day.recorded().get(plan.to()) && plan.to() < shape.days() * MINUTES) {
                store.beginGap(day.track(), instant(day.micros(plan.to())), GapCause.CAMERA_SILENT);
            }
        }
    }

    private static List<Plan> plans(Day day) {
        var plans = new ArrayList<Plan>();
        var recorded = day.recorded();
        var midnight = day.firstMinute() + MINUTES;
        for (var from = recorded.nextSetBit(day.firstMinute()); from >= 0 && from < midnight; ) {
            var to = IntStream.of(from + PACK_MINUTES, recorded.nextClearBit(from), midnight).min();
            plans.add(new Plan(from, to.orElseThrow(), since(from, recorded)));
            from = recorded.nextSetBit(to.orElseThrow());
        }
        return plans;
    }

    private static GapCause since(int minute, BitSet recorded) {
        if (minute > 0 && recorded.get(minute - 1)) {
            return GapCause.CONTINUES;
        }
        return minute == 0 || recorded.previousSetBit(minute - 1) < 0
                ? GapCause.CAMERA_ADDED
                : GapCause.CAMERA_SILENT;
    }

    /// Which packs get a GOP of the film, and after how much of the pack.
    private Map<Integer, Long> drawn(List<Plan> plans) {
        var drawn = new HashMap<Integer, Long>();
        var longest = gops.stream().mapToLong(ArchiveFilling::length).max().orElse(0);
        var roomy =
                IntStream.range(0, plans.size())
                        .filter(place -> room(plans.get(place), longest) > 0)
                        .toArray();
        for (var gop = 0; gop < GOPS_A_DAY && roomy.length > 0; gop++) {
            var place = roomy[chance.nextInt(roomy.length)];
            drawn.put(
                    place,
                    chance.nextLong(room(plans.get(place), longest)) / KEY_EVERY * KEY_EVERY);
        }
        return drawn;
    }

    private static long room(Plan plan, long gop) {
        return (plan.to() - plan.from()) * MINUTE - gop - KEY_EVERY;
    }

    private static long length(List<AccessUnit> gop) {
        return micros(gop.getLast().dts() - gop.getFirst().dts()) + KEY_EVERY;
    }

    /// @param film how far into the pack a GOP of the film begins; negative: nowhere
    private void fillPack(Day day, Plan plan, boolean full, long film) {
        var start = day.micros(plan.from());
        var last = day.micros(plan.to()) - KEY_EVERY;
        clock.setTo(instant(start));
        var pack = new Pack(begin(day.track(), start, plan.since()), day.track().stream());
        var step = full ? KEY_EVERY : last - start;
        for (var at = start; at <= last; at += step) {
            if (film >= 0 && at - start >= film) {
                at = filmFrom(day, pack, at);
                film = -1;
            } else {
                pack.frame(at, true, EMPTY);
            }
        }
        clock.setTo(instant(pack.lastMicros));
        pack.end();
        waitingPacks++;
        if (waitingPacks >= PACKS_A_TURN || waitingBytes >= BYTES_A_TURN) {
            turn();
        }
    }

    private PackWriter begin(TrackId track, long micros, GapCause since) {
        var writer =
                store.begin(
                        new PackStart(
                                track,
                                clip.codec(),
                                0,
                                ClockState.SYNCHRONISED,
                                Origin.LIVE,
                                instant(micros),
                                since));
        if (writer.failed()) {
            throw new CannotStartException(
                    "The archive could not be filled: its volume takes no records (%s). Make room on its disk."
                            .formatted(writer.failure().map(GapCause::code).orElse("no cause")));
        }
        return writer;
    }

    /// Records a GOP of the film.
    ///
    /// @return when its last frame was recorded, to the last grid of key frames
    private long filmFrom(Day day, Pack pack, long start) {
        var which = places.size() % gops.size();
        var gop = gops.get(which);
        places.add(new Archive.Place(day.number(), instant(start), which));
        var at = start;
        for (var unit : gop) {
            at = start + micros(unit.dts() - gop.getFirst().dts());
            pack.frame(at, unit.key(), FramePayload.encode(Bytes.empty(), unit.data()));
            waitingBytes += unit.data().length();
        }
        return start + (at - start) / KEY_EVERY * KEY_EVERY;
    }

    /// A pack being filled.
    private final class Pack {
        private final PackWriter writer;
        private final PackSealer sealer;
        private long lastMicros;

        Pack(PackWriter writer, int stream) {
            this.writer = writer;
            this.sealer = vault.sealer(writer.binding(), stream);
        }

        void frame(long micros, boolean key, byte[] payload) {
            var mediaTime = micros / 100 * 9;
            var stamp = new FrameStamp(micros, mediaTime, RecordHeader.UNTOLD, key, false);
            writer.append(sealer.seal(stamp, payload));
            lastMicros = micros;
        }

        void end() {
            writer.end(sealer.end(lastMicros));
        }
    }

    private void turn() {
        clock.passASecond();
        store.turn(false);
        waitingPacks = 0;
        waitingBytes = 0;
    }

    private static long micros(long ticks) {
        return ticks * 100 / 9;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
    }
}
