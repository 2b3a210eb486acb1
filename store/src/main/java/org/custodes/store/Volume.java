package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;
import org.custodes.store.VolumeState.Health;
import org.jspecify.annotations.Nullable;

/// One folder that packs are written to: its id, its catalogue, and how it is doing. Any thread may
/// read it; its [VolumeWriter] alone changes its health.
final class Volume {
    static final String FORMAT = "custodes volume 1\n";

    private static final String FORMAT_WORDS = "custodes volume ";
    private static final int MAX_SMALL_FILE = 256;
    private static final int TORN_KEPT = 64;

    private final Layout layout;
    private final Disk disk;
    private final Signals signals;
    private final InstantSource clock;
    private final long reserve;

    private volatile @Nullable Reached reached;
    private volatile Health health = Health.FAILED;
    private volatile boolean slow;
    private volatile long usable;
    private volatile long total;

    /// Packs that the catalogue does not know the end of, as they were found. Guarded by itself.
    private final Map<UUID, StoredPack> torn =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, StoredPack> eldest) {
                    return size() > TORN_KEPT;
                }
            };

    private record Reached(
            UUID id, Catalogue catalogue, Closeable lock, Set<Layout.OpenName> leftOpen) {}

    Volume(Path root, Disk disk, Signals signals, InstantSource clock, long reserve) {
        this.layout = new Layout(root);
        this.disk = disk;
        this.signals = signals;
        this.clock = clock;
        this.reserve = reserve;
    }

    Layout layout() {
        return layout;
    }

    Disk disk() {
        return disk;
    }

    /// Takes the volume in: makes it if the folder is empty, locks it, and reads the names of packs
    /// that were left open. Nothing else is looked at.
    ///
    /// @throws StoreFormatException if a newer version wrote it
    /// @throws StoreInUseException if another process has it
    void reach() throws IOException {
        if (reached != null) {
            return;
        }
        disk.makeLastingFolder(layout.root());
        var lock =
                disk.lock(layout.lock()).orElseThrow(() -> new StoreInUseException(layout.root()));
        try {
            var id = makeOrRead();
            disk.makeLastingFolder(layout.openFolder());
            disk.makeLastingFolder(layout.packs());
            disk.makeLastingFolder(layout.catalogue());
            var leftOpen =
                    disk.names(layout.openFolder()).stream()
                            .flatMap(name -> Layout.OpenName.parse(name).stream())
                            .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
            reached = new Reached(id, new Catalogue(disk, layout, id), lock, leftOpen);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// The id first, the format last: a folder with a FORMAT file is a whole volume.
    private UUID makeOrRead() throws IOException {
        if (!disk.exists(layout.format())) {
            if (!disk.exists(layout.id())) {
                disk.replace(layout.id(), ascii(UUID.randomUUID() + "\n"));
            }
            disk.replace(layout.format(), ascii(FORMAT));
        }
        checkFormat(readSmall(disk, layout.format()), layout.format());
        return parseId(readSmall(disk, layout.id()), layout);
    }

    /// @throws StoreFormatException if this program cannot read a volume with this FORMAT file
    static void checkFormat(String text, Path file) {
        if (text.equals(FORMAT)) {
            return;
        }
        if (text.startsWith(FORMAT_WORDS)) {
            throw new StoreFormatException(
                    ("%s says '%s', and this program knows volumes up to version 1: start the newer"
                                    + " program that wrote it. Nothing was changed.")
                            .formatted(file, text.strip()));
        }
        throw new StoreFormatException(
                "%s does not say which version the volume has: it should read '%s'"
                        .formatted(file, FORMAT.strip()));
    }

    static UUID parseId(String text, Layout layout) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw new StoreFormatException(
                    "%s does not hold the volume's UUID: restore it from any pack's header"
                            .formatted(layout.id()));
        }
    }

    static String readSmall(Disk disk, Path path) throws IOException {
        var bytes = ByteBuffer.allocate(MAX_SMALL_FILE);
        try (var file = disk.read(path)) {
            file.read(bytes, 0);
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isReached() {
        return reached != null;
    }

    Optional<UUID> id() {
        return Optional.ofNullable(reached).map(Reached::id);
    }

    Optional<Catalogue> catalogue() {
        return Optional.ofNullable(reached).map(Reached::catalogue);
    }

    /// The packs that a killed recorder left open and that are not ended yet.
    Set<Layout.OpenName> leftOpen() {
        return Optional.ofNullable(reached).map(Reached::leftOpen).orElse(Set.of());
    }

    /// A pack that the catalogue does not know the end of: read up to its last whole record.
    StoredPack torn(Layout.OpenName name) throws IOException {
        synchronized (torn) {
            var known = torn.get(name.pack());
            if (known != null) {
                return known;
            }
        }
        var path = layout.pack(name.day(), name.track(), name.pack());
        try (var reader = PackReader.open(disk, path, PackReader.HEADERS_ONLY)) {
            var found = StoredPack.of(PackScan.of(reader, reader.size()), path);
            synchronized (torn) {
                torn.put(name.pack(), found);
            }
            return found;
        }
    }

    /// Whether packs may be begun on it.
    boolean takes() {
        return reached != null && health == Health.RECORDING && !slow;
    }

    Health health() {
        return health == Health.RECORDING && slow ? Health.SLOW : health;
    }

    long reserve() {
        return reserve;
    }

    /// Looks how much room there is.
    long measure() throws IOException {
        total = disk.total(layout.root());
        usable = disk.usable(layout.root());
        return usable;
    }

    void recovered() {
        health = Health.RECORDING;
        end(AlarmKind.VOLUME_FULL);
        end(AlarmKind.VOLUME_FAILED);
        end(AlarmKind.VOLUME_READ_ONLY);
    }

    void full(long left) {
        health = Health.FULL;
        end(AlarmKind.VOLUME_FAILED);
        end(AlarmKind.VOLUME_READ_ONLY);
        raise(
                AlarmKind.VOLUME_FULL,
                Map.of(
                        "free", Long.toString(left >> 20),
                        "reserve", Long.toString(reserve >> 20)),
                "Volume %s has %d MB free, less than its reserve of %d MB: nothing is recorded on it"
                        .formatted(layout.root(), left >> 20, reserve >> 20),
                "Free some space, shorten a camera's retention, or add a volume; recording goes on by"
                        + " itself as soon as there is room.");
    }

    void failed(String what, Exception cause) {
        health = Health.FAILED;
        var readOnly = String.valueOf(cause.getMessage()).contains("Read-only file system");
        end(AlarmKind.VOLUME_FULL);
        end(readOnly ? AlarmKind.VOLUME_FAILED : AlarmKind.VOLUME_READ_ONLY);
        raise(
                readOnly ? AlarmKind.VOLUME_READ_ONLY : AlarmKind.VOLUME_FAILED,
                Map.of(),
                "Volume %s failed: %s (%s)"
                        .formatted(layout.root(), what, String.valueOf(cause.getMessage())),
                "Look at the disk, its cable and its permissions; recording goes on by itself as soon"
                        + " as a trial write lasts.");
    }

    /// A pack that was left open has been ended: the catalogue tells of it from now on.
    void ended(Layout.OpenName name) {
        leftOpen().remove(name);
    }

    /// A pack that was left open cannot be ended.
    void notRecovered(Layout.OpenName name, Exception cause) {
        raise(
                AlarmKind.VOLUME_UNRECOVERED,
                Map.of("file", layout.open(name).toString()),
                "Pack %s, left open by a recorder that was killed, could not be ended: %s"
                        .formatted(layout.open(name), String.valueOf(cause.getMessage())),
                "Run `custodes check --repair` while the recorder is stopped.");
    }

    /// Called by the queue while it is locked.
    void slow(boolean now, long waiting) {
        slow = now;
        if (now) {
            raise(
                    AlarmKind.VOLUME_SLOW,
                    Map.of("waiting", Long.toString(waiting >> 20)),
                    ("Volume %s takes records more slowly than they come: %d MB wait, and whole GOPs"
                                    + " are dropped")
                            .formatted(layout.root(), waiting >> 20),
                    "Look for what else uses the disk, move cameras to another volume, or take a"
                            + " faster one; live view is not affected.");
        } else {
            end(AlarmKind.VOLUME_SLOW);
        }
    }

    private void raise(AlarmKind kind, Map<String, String> values, String cause, String nextStep) {
        var subject = id().map(UUID::toString).orElse("");
        var all = new HashMap<>(values);
        all.put("folder", layout.root().toString());
        signals.raise(new Alarm(key(kind), kind, subject, clock.instant(), cause, nextStep, all));
    }

    private void end(AlarmKind kind) {
        signals.end(key(kind), clock.instant());
    }

    private String key(AlarmKind kind) {
        // By its folder: a volume that could never be reached has no id.
        return "%s/%s".formatted(kind.code(), layout.root());
    }

    VolumeState state(long queued, long queueLimit, VolumeWriter writer) {
        return new VolumeState(
                layout.root(),
                id(),
                health(),
                total,
                usable,
                reserve,
                queued,
                queueLimit,
                writer.openPacks(),
                writer.writeTimes().atMost(0.5),
                writer.writeTimes().atMost(0.99),
                writer.unsyncedFor());
    }

    /// Lets other processes in.
    void leave() throws IOException {
        var was = reached;
        reached = null;
        if (was != null) {
            was.lock().close();
        }
    }

    @Override
    public String toString() {
        return "Volume %s".formatted(layout.root());
    }
}
