package org.custodes.keeping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Entry;
import org.custodes.audit.Query;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.Camera;
import org.custodes.register.CameraLink;
import org.custodes.register.View;
import org.custodes.signals.Signals;
import org.custodes.store.StorageUse;
import org.custodes.vault.RootKey;
import org.custodes.vault.TreeId;
import org.custodes.vault.Vault;

/// A recorder with a real key store and a real log, and a store that remembers days of packs and fails
/// when it is told to.
final class House implements Footage, AutoCloseable {
    final Vault vault;
    final AuditLog audit;
    final Signals signals = new Signals();
    final List<Camera> cameras = new ArrayList<>();
    private final Map<TrackId, TreeSet<LocalDate>> packs =
            new TreeMap<>(Comparator.comparing(TrackId::toString));
    private Instant now;
    private long nanos;
    private boolean storeFails;
    private Keeping keeping;

    House(Path home, String start) throws IOException {
        now = Instant.parse(start);
        var keys = Files.createDirectories(home.resolve("keys"));
        vault =
                Vault.open(
                        List.of(keys), RootKey.file(home.resolve("root.key")), new SecureRandom());
        audit = AuditLog.open(home.resolve("audit"), vault, () -> now, new SecureRandom());
        keeping = begin();
    }

    private Keeping begin() {
        var sweep = new RetentionSweep(() -> cameras, this, vault, audit);
        return new Keeping(this, sweep, audit, signals, () -> now, () -> nanos);
    }

    Keeping keeping() {
        return keeping;
    }

    /// As a restart of the recorder does: nothing but the files is remembered.
    void restart() {
        keeping = begin();
    }

    Camera camera(Duration retention, Optional<Instant> removedAt) {
        var camera =
                new Camera(
                        new CameraId(UUID.randomUUID()),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "front door",
                        1,
                        "safety",
                        View.INDOOR,
                        retention,
                        List.of(),
                        CameraLink.USUAL,
                        false,
                        false,
                        false,
                        0,
                        0,
                        Instant.EPOCH,
                        removedAt);
        cameras.add(camera);
        return camera;
    }

    Camera camera(Duration retention) {
        return camera(retention, Optional.empty());
    }

    void record(Camera camera, String... days) {
        for (var text : days) {
            var day = LocalDate.parse(text);
            vault.prepare(List.of(new TreeId(camera.id().value(), 0, day, 0)));
            packs.computeIfAbsent(track(camera), _ -> new TreeSet<>()).add(day);
        }
    }

    /// Real time passes, and the clock shows it.
    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /// The clock moves, and no time passes.
    void leap(Duration far) {
        now = now.plus(far);
    }

    void storeFails(boolean fails) {
        storeFails = fails;
    }

    void sweepAt(String instant) {
        pass(Duration.between(now, Instant.parse(instant)));
        keeping.sweepOnce();
    }

    SortedSet<LocalDate> packsOf(Camera camera) {
        return packs.getOrDefault(track(camera), new TreeSet<>());
    }

    SortedSet<LocalDate> keysOf(Camera camera) {
        return vault.days(camera.id().value(), 0);
    }

    /// Oldest first.
    List<String> logged() {
        return audit.read(Query.newest(100)).entries().reversed().stream()
                .map(Entry::action)
                .toList();
    }

    static TrackId track(Camera camera) {
        return new TrackId(camera.id(), 0, MediaClass.ORIGINAL);
    }

    @Override
    public List<TrackId> tracks() {
        return List.copyOf(packs.keySet());
    }

    @Override
    public StorageUse use(TrackId track) {
        var days = packs.get(track);
        if (days == null || days.isEmpty()) {
            return new StorageUse(0, Optional.empty(), Optional.empty(), 0);
        }
        return new StorageUse(
                1_000L * days.size(),
                Optional.of(days.first().atStartOfDay().toInstant(ZoneOffset.UTC)),
                Optional.of(
                        days.last()
                                .plusDays(1)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                                .minusMillis(40)),
                1_000);
    }

    @Override
    public Optional<Instant> syncedThrough(TrackId track) {
        return use(track).newest();
    }

    @Override
    public int dropDaysBefore(TrackId track, LocalDate day) {
        if (storeFails) {
            throw new IllegalStateException("the disk fails");
        }
        var old = packs.getOrDefault(track, new TreeSet<>()).headSet(day);
        var count = old.size();
        old.clear();
        return count;
    }

    @Override
    public void close() {
        audit.close();
        vault.close();
    }
}
