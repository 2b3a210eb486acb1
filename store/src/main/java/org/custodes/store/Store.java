package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;
import org.jspecify.annotations.Nullable;

/// Sealed records on disks and in the live tail. Any thread may call it.
public final class Store implements AutoCloseable {
    private final StoreSettings settings;
    private final Disk disk = new Disk();
    private final InstantSource clock;
    private final SecureRandom random;
    private final WriteQueue queue;
    private final Tail.Memory memory;
    private final Map<Volume, VolumeWriter> writers = new LinkedHashMap<>();
    private final List<WriterThread> threads = new ArrayList<>();
    private final Map<TrackId, Track> tracks = new ConcurrentHashMap<>();
    private final Set<TrackId> killed = new HashSet<>();

    private Store(
            StoreSettings settings,
            Signals signals,
            InstantSource clock,
            SecureRandom random,
            LongSupplier nanos) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.queue = new WriteQueue(settings.queueBytes(), nanos);
        this.memory = new Tail.Memory(settings.tailBytesPerTrack(), settings.tailBytes());
        for (var root : settings.volumes()) {
            var volume =
                    new Volume(
                            root.toAbsolutePath(), disk, signals, clock, settings.reserveBytes());
            queue.add(volume);
            writers.put(
                    volume, new VolumeWriter(volume, queue, settings.syncEvery().toNanos(), nanos));
        }
    }

    /// Opens the store over its volumes. Takes the same short time however much is stored. A volume
    /// that cannot be reached raises an alarm and is taken in when it can.
    ///
    /// @throws StoreFormatException if a newer version wrote one of the volumes
    /// @throws StoreInUseException if another process has one of them
    public static Store open(StoreSettings settings, Signals signals, InstantSource clock) {
        return open(settings, signals, clock, new SecureRandom());
    }

    /// The same with a source of pack ids.
    public static Store open(
            StoreSettings settings, Signals signals, InstantSource clock, SecureRandom random) {
        var store = inTurns(settings, signals, clock, random, System::nanoTime);
        for (var writer : store.writers.values()) {
            store.threads.add(WriterThread.start(writer));
        }
        return store;
    }

    /// A store without threads, which works only when it is given a [#turn]: so that a simulation
    /// decides what happens when.
    ///
    /// @param nanos a clock that only runs forward
    public static Store inTurns(
            StoreSettings settings,
            Signals signals,
            InstantSource clock,
            SecureRandom random,
            LongSupplier nanos) {
        var store = new Store(settings, signals, clock, random, nanos);
        try {
            store.reach();
        } catch (StoreFormatException | StoreInUseException e) {
            store.leave();
            throw e;
        }
        return store;
    }

    private void reach() {
        for (var writer : writers.values()) {
            writer.reach();
            writer.volume().leftOpen().forEach(name -> killed.add(name.track()));
        }
    }

    private void leave() {
        for (var volume : writers.keySet()) {
            try {
                volume.leave();
            } catch (IOException e) {
                volume.failed("its lock could not be let go", e);
            }
        }
    }

    /// Does what is due on every volume, for a store [#inTurns].
    ///
    /// @param all whether also what is not due yet is written and synced
    /// @throws IllegalStateException if the store has threads, which take the turns themselves
    public void turn(boolean all) {
        if (!threads.isEmpty()) {
            throw new IllegalStateException("This store takes its turns itself");
        }
        for (var writer : writers.values()) {
            while (writer.recoverOne()) {
                // One pack after the other.
            }
            writer.turn(all);
        }
    }

    /// Begins a pack. Never waits for a disk: its file is made by the volume's writer, and where no
    /// volume takes records the pack lives in the tail only and is [PackWriter#failed()] at once.
    public PackWriter begin(PackStart start) {
        var track = track(start.track());
        var volume = writers.keySet().stream().filter(Volume::takes).findFirst();
        var header =
                new PackHeader(
                        packId(),
                        settings.recorder(),
                        volume.flatMap(Volume::id).orElse(new UUID(0, 0)),
                        start.track(),
                        start.codec(),
                        start.origin(),
                        start.clock(),
                        track.causeOf(start.sincePrevious()),
                        start.era(),
                        Wall.day(start.wallTime()),
                        Wall.micros(start.wallTime()));
        var pack = new OpenPack(track, header, volume.orElse(null));
        if (volume.isEmpty()) {
            pack.fail(whyNone());
        }
        track.begin(pack);
        return new PackWriter(track, pack);
    }

    private UUID packId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return PackHeader.uuid(ByteBuffer.wrap(bytes));
    }

    private GapCause whyNone() {
        return switch (writers.keySet().iterator().next().health()) {
            case FULL -> GapCause.DISK_FULL;
            case RECORDING, SLOW -> GapCause.DISK_SLOW;
            case FAILED -> GapCause.DISK_FAILED;
        };
    }

    /// Says that nothing is recorded from `since` on, and why. The gap ends with the track's next
    /// record. A second cause ends the first one's stretch and begins its own.
    public void beginGap(TrackId track, Instant since, GapCause cause) {
        track(track).beginGap(Wall.micros(since), cause);
    }

    /// Says that the recorder's clock jumped; noted in every open track's pack and catalogue.
    public void clockStepped(Instant from, Instant to) {
        tracks.values().forEach(track -> track.clockStepped(Wall.micros(from), Wall.micros(to)));
    }

    /// The live tail of a track, whether or not it has records yet.
    public Tail tail(TrackId track) {
        return track(track).tail();
    }

    /// A new cursor at the track's first record.
    public Cursor cursor(TrackId track) {
        return new Cursor(packs(track), disk);
    }

    /// Where the track has records within `range`: exact for a range of a day or less, by whole
    /// minutes for a wider one. Nothing is said of the future.
    ///
    /// @param atMostSpans how many spans to answer at most; the smallest gaps are closed first
    public Coverage coverage(TrackId track, TimeRange range, int atMostSpans) {
        return new Coverages(packs(track), Wall.micros(clock.instant()))
                .of(Wall.micros(range.start()), Wall.micros(range.end()), atMostSpans);
    }

    /// What the track takes on all volumes.
    public StorageUse use(TrackId track) {
        var bytes = 0L;
        var first = Long.MAX_VALUE;
        var last = Long.MIN_VALUE;
        for (var summaries : packs(track).summaries().values()) {
            for (var summary : summaries) {
                bytes += summary.bytes();
                first = Math.min(first, summary.firstWall());
                last = Math.max(last, summary.lastWall());
            }
        }
        if (first > last) {
            return new StorageUse(bytes, Optional.empty(), Optional.empty(), 0);
        }
        // Less than a minute says little of a day.
        var length = Math.max(last - first, Wall.MINUTE);
        var perDay = Math.round((double) bytes / length * Wall.DAY);
        return new StorageUse(
                bytes, Optional.of(Wall.instant(first)), Optional.of(Wall.instant(last)), perDay);
    }

    /// The wallTime up to which the track's records survive a power cut; empty before the first sync
    /// since the store was opened.
    public Optional<Instant> syncedThrough(TrackId track) {
        return Optional.ofNullable(tracks.get(track)).flatMap(Track::syncedThrough);
    }

    /// The era to which a record of `now` belongs, by what this track has: that of its last record, or
    /// the next if that one was recorded later than `now`, for then the clock was set back. 0 if it has none.
    /// Reads the summaries; what was begun and not ended, or a day's catalogue, only if they leave it open.
    public int era(TrackId track, Instant now) {
        return packs(track).era(Wall.micros(now));
    }

    /// Every track that has packs, or had a record or a gap since the store was opened.
    public List<TrackId> tracks() {
        var found = new HashSet<>(tracks.keySet());
        for (var volume : writers.keySet()) {
            try {
                if (volume.catalogue().isPresent()) {
                    found.addAll(volume.catalogue().get().tracks());
                }
            } catch (IOException e) {
                // The other volumes answer; this one's alarm stands or will.
            }
        }
        return found.stream().sorted(Comparator.comparing(Layout::name)).toList();
    }

    /// Removes the track's packs of whole UTC days before `day`, catalogue and all. What cannot be
    /// removed now is removed when it is asked for again; so is what an interrupted thread left.
    ///
    /// @return how many packs were removed
    public int dropDaysBefore(TrackId track, LocalDate day) {
        var dropped = 0;
        var kept = new HashSet<UUID>();
        track(track).packs().forEach(pack -> kept.add(pack.header().packId()));
        for (var volume : writers.keySet()) {
            try {
                dropped += new Dropping(volume, track).before(day, kept);
            } catch (ClosedByInterruptException e) {
                // The disk is well: somebody wants this thread to end, which it still knows.
                break;
            } catch (IOException e) {
                volume.failed("expired packs could not be removed", e);
            }
        }
        track(track).dropped();
        return dropped;
    }

    /// How each volume is doing, in the order of the settings.
    public List<VolumeState> volumes() {
        return writers.entrySet().stream()
                .map(entry ->
                        entry.getKey()
                                .state(
                                        queue.bytes(entry.getKey()),
                                        settings.queueBytes(),
                                        entry.getValue()))
                .toList();
    }

    /// Writes what waits, ends the packs that are open, syncs and stops.
    @Override
    public void close() {
        // In order, so that a simulated run is the same each time.
        tracks.values().stream()
                .sorted(Comparator.comparing(track -> Layout.name(track.id())))
                .forEach(Track::stop);
        threads.forEach(WriterThread::stop);
        if (threads.isEmpty()) {
            writers.values().forEach(VolumeWriter::close);
        }
    }

    private Track track(TrackId id) {
        return tracks.computeIfAbsent(
                id, _ -> new Track(id, queue, this::note, memory, disk, killed.contains(id)));
    }

    private TrackPacks packs(TrackId id) {
        return new TrackPacks(track(id), List.copyOf(writers.keySet()));
    }

    /// Files a note on the volume of the track's pack, else on the first that takes records.
    private void note(Track track, CatalogueEntry entry) {
        var volume =
                track.volume()
                        .or(() -> writers.keySet().stream().filter(Volume::isReached).findFirst());
        volume.ifPresent(
                chosen -> queue.tell(chosen, () -> writer(chosen).note(track.id(), entry)));
    }

    private VolumeWriter writer(Volume volume) {
        @Nullable VolumeWriter writer = writers.get(volume);
        if (writer == null) {
            throw new IllegalArgumentException("%s is not ours".formatted(volume));
        }
        return writer;
    }
}
