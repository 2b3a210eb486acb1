package org.custodes.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.Alarm;
import org.custodes.signals.Signals;
import org.custodes.vault.PackBinding;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;

/// A store that works in turns, on a clock that we hold, with cameras to record. The bodies are
/// random bytes: the store never looks inside.
final class Recorder {
    static final UUID ID = UUID.fromString("00000000-0000-4000-8000-0000000000aa");
    static final TrackId DOOR =
            new TrackId(
                    new CameraId(UUID.fromString("11111111-1111-4111-8111-111111111111")),
                    0,
                    MediaClass.ORIGINAL);
    static final TrackId YARD =
            new TrackId(
                    new CameraId(UUID.fromString("22222222-2222-4222-8222-222222222222")),
                    1,
                    MediaClass.ORIGINAL);

    /// Some instant, well within a day.
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final Signals signals = new Signals();
    final StoreSettings settings;

    /// What the volumes lie on; another one than theirs where a test needs real files.
    final SimulatedDisk disk;

    Instant now = NOON;
    long nanos;
    Store store;

    Recorder(Path... volumes) {
        this(settings -> settings, volumes);
    }

    Recorder(UnaryOperator<StoreSettings> change, Path... volumes) {
        settings = change.apply(StoreSettings.of(List.of(volumes), ID)).withReserve(10 << 20);
        disk = SimulatedDisk.of(volumes[0]).orElseGet(SimulatedDisk::new);
        store = open();
    }

    private Store open() {
        return Store.inTurns(settings, signals, () -> now, new SecureRandom(), () -> nanos);
    }

    /// Lets time pass and gives the writers their turn.
    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
        store.turn(false);
    }

    /// Has everything written and synced.
    void settle() {
        store.turn(true);
        store.turn(true);
    }

    /// The process is gone: its locks are free, its files stay as they are.
    void kill() {
        disk.kill();
    }

    /// The process is killed, and another one starts.
    void killAndRestart() {
        kill();
        restart();
    }

    /// The power fails, and comes back.
    void cutPowerAndRestart(long seed) {
        disk.cutPower(new Random(seed));
        restart();
    }

    void restart() {
        store = open();
    }

    void stopAndRestart() {
        store.close();
        restart();
    }

    Recording record(TrackId track) {
        return record(track, GapCause.CAMERA_ADDED, 0);
    }

    Recording record(TrackId track, GapCause cause, int era) {
        return new Recording(track, begin(track, cause, era));
    }

    PackWriter begin(TrackId track, GapCause cause, int era) {
        return store.begin(
                new PackStart(
                        track, Codec.H264, era, ClockState.SYNCHRONISED, Origin.LIVE, now, cause));
    }

    /// A camera being recorded, frame by frame.
    final class Recording {
        final TrackId track;
        final List<Sealed> appended = new ArrayList<>();
        private PackWriter writer;
        private long number;
        private int bodyBytes = 200;
        private final Random random = new Random(7);

        Recording(TrackId track, PackWriter writer) {
            this.track = track;
            this.writer = writer;
        }

        PackWriter writer() {
            return writer;
        }

        Recording bodies(int bytes) {
            bodyBytes = bytes;
            return this;
        }

        /// Appends frames 40 ms apart, a key frame first and every `gop` frames.
        Recording frames(int count, int gop) {
            for (var frame = 0; frame < count; frame++) {
                frame(frame % gop == 0);
                pass(Duration.ofMillis(40));
            }
            return this;
        }

        Sealed frame(boolean key) {
            var sealed =
                    sealed(
                            writer.binding(),
                            track,
                            number++,
                            now,
                            key ? RecordHeader.KEY : 0,
                            bodyBytes,
                            random);
            appended.add(sealed);
            writer.append(sealed);
            return sealed;
        }

        void end() {
            writer.end(sealed(writer.binding(), track, number, now, RecordHeader.END, 56, random));
        }

        /// Ends the pack and begins the next.
        Recording roll(GapCause cause, int era) {
            if (!writer.failed()) {
                end();
            }
            writer = begin(track, cause, era);
            number = 0;
            return this;
        }

        Recording roll() {
            return roll(GapCause.CONTINUES, 0);
        }
    }

    static Sealed sealed(
            PackBinding pack,
            TrackId track,
            long number,
            Instant wall,
            int flags,
            int bodyBytes,
            Random random) {
        var micros = Wall.micros(wall);
        var slot = Math.clamp((micros - Wall.startOf(pack.tree().day())) / 10_000_000, 0, 8639);
        var header =
                new RecordHeader(
                        track.stream(),
                        number,
                        slot,
                        micros,
                        number * 3600,
                        RecordHeader.UNTOLD,
                        flags);
        var commitment = new byte[32];
        new Random(pack.packId().hashCode() * 31L + slot).nextBytes(commitment);
        var body = new byte[bodyBytes];
        random.nextBytes(body);
        return new Sealed(pack, header, commitment, body);
    }

    /// All records that a new cursor meets up to the growing end.
    List<Sealed> played(TrackId track) {
        return items(track).stream()
                .filter(Item.Stored.class::isInstance)
                .map(item -> ((Item.Stored) item).sealed())
                .toList();
    }

    /// All that a new cursor meets up to the growing end.
    List<Item> items(TrackId track) {
        try (var cursor = store.cursor(track)) {
            return rest(cursor);
        }
    }

    static List<Item> rest(Cursor cursor) {
        var items = new ArrayList<Item>();
        for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
            items.add(item);
        }
        return items;
    }

    List<Item.Gap> gaps(TrackId track) {
        return items(track).stream()
                .filter(Item.Gap.class::isInstance)
                .map(Item.Gap.class::cast)
                .toList();
    }

    /// One word per record: enough to see which, in which order, unchanged.
    static List<String> words(List<Sealed> records) {
        return records.stream().map(Recorder::word).toList();
    }

    static String word(Sealed sealed) {
        return "%s/%d %s %08x %08x"
                .formatted(
                        sealed.pack().packId().toString().substring(0, 8),
                        sealed.header().number(),
                        Wall.instant(sealed.header().wallMicros()),
                        Arrays.hashCode(sealed.body()),
                        Arrays.hashCode(sealed.commitment()));
    }

    List<String> alarms() {
        return signals.standing().stream().map(Alarm::kind).toList();
    }

    static TimeRange range(String start, String end) {
        return new TimeRange(Instant.parse(start), Instant.parse(end));
    }
}
