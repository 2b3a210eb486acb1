package org.custodes.chaos;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.TrackId;
import org.custodes.vault.KeyName;
import org.custodes.vault.Sealed;

/// Remembers what a recorder was given and what it promised of it: a record up to `syncedThrough`, a
/// secret whose key was made, a key that was destroyed.
final class Oracle {
    /// A record's nonce: used once in the life of an installation.
    record RecordId(UUID pack, long number) {

        static RecordId of(Sealed sealed) {
            return new RecordId(sealed.pack().packId(), sealed.header().number());
        }
    }

    private final Map<RecordId, Sealed> known = new HashMap<>();
    private final Map<TrackId, List<Sealed>> promised = new LinkedHashMap<>();
    private final Map<TrackId, List<Sealed>> pending = new LinkedHashMap<>();
    private final Map<TrackId, LocalDate> dropped = new LinkedHashMap<>();
    private final List<Sealed> destroyed = new ArrayList<>();
    private final Map<KeyName, byte[]> secrets = new LinkedHashMap<>();
    private final Set<KeyName> destroyedNames = new LinkedHashSet<>();
    private long epoch;

    /// The same knowledge, for a recorder that goes its own way from here.
    Oracle fork() {
        var fork = new Oracle();
        fork.known.putAll(known);
        promised.forEach((track, records) -> fork.promised.put(track, new ArrayList<>(records)));
        return fork;
    }

    /// A record was sealed and is about to be appended.
    ///
    /// @throws BrokenPromiseException if its number was used before
    void sealed(TrackId track, Sealed sealed) {
        // Its memory will hold another record.
        var own = new Sealed(sealed.pack(), sealed.header(), sealed.commitment(), sealed.body());
        var before = known.putIfAbsent(RecordId.of(own), own);
        if (before != null) {
            throw new BrokenPromiseException(
                    "Record %d of pack %s was sealed twice"
                            .formatted(sealed.header().number(), sealed.pack().packId()));
        }
        pending.computeIfAbsent(track, _ -> new ArrayList<>()).add(own);
    }

    /// The store says up to where a track survives a power cut.
    void synced(TrackId track, Optional<Instant> through) {
        var waiting = pending.getOrDefault(track, List.of());
        var micros = through.map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)).orElse(-1L);
        var last = waiting.size() - 1;
        while (last >= 0 && waiting.get(last).header().wallMicros() != micros) {
            last--;
        }
        promise(track, last + 1);
    }

    /// The recorder stopped in order: all that it was given is promised.
    void stopped() {
        pending.forEach((track, waiting) -> promise(track, waiting.size()));
    }

    private void promise(TrackId track, int count) {
        if (count > 0) {
            var first = pending.getOrDefault(track, List.of()).subList(0, count);
            promised.computeIfAbsent(track, _ -> new ArrayList<>()).addAll(first);
            first.clear();
        }
    }

    /// The recorder was killed: what it had not promised it may have lost.
    void killed() {
        pending.clear();
    }

    /// A pack failed, and the recorder says so: what is not promised of it may be lost.
    void failed(TrackId track, UUID pack) {
        pending.getOrDefault(track, new ArrayList<>())
                .removeIf(sealed -> sealed.pack().packId().equals(pack));
    }

    /// The key store has turned to this epoch.
    void turned(long number) {
        epoch = number;
    }

    /// A track's days before this one are about to be destroyed: from here on they may be gone.
    void dropping(TrackId track, LocalDate day) {
        dropped.put(track, day);
        promised.getOrDefault(track, new ArrayList<>()).removeIf(sealed -> isBefore(sealed, day));
        pending.getOrDefault(track, new ArrayList<>()).removeIf(sealed -> isBefore(sealed, day));
    }

    /// Their keys are destroyed: from here on they must be gone.
    void droppedKeys(TrackId track, LocalDate day) {
        known.values().stream()
                .filter(sealed -> sealed.pack().tree().camera().equals(track.camera().value()))
                .filter(sealed -> isBefore(sealed, day))
                .forEach(destroyed::add);
    }

    private static boolean isBefore(Sealed sealed, LocalDate day) {
        return sealed.pack().tree().day().isBefore(day);
    }

    void kept(KeyName name, byte[] secret) {
        secrets.put(name, secret);
        destroyedNames.remove(name);
    }

    void destroying(KeyName name) {
        secrets.remove(name);
    }

    void destroyed(KeyName name) {
        destroyedNames.add(name);
    }

    /// What a record was when it was sealed.
    ///
    /// @throws BrokenPromiseException if nobody sealed such a record, or another
    void check(Sealed found) {
        var sealed = known.get(RecordId.of(found));
        if (sealed == null || !Arrays.equals(sealed.body(), found.body())) {
            throw new BrokenPromiseException(
                    "Record %d of pack %s is played and was never recorded like that"
                            .formatted(found.header().number(), found.pack().packId()));
        }
    }

    Map<TrackId, List<Sealed>> promised() {
        return promised;
    }

    Map<TrackId, LocalDate> dropped() {
        return dropped;
    }

    List<Sealed> destroyed() {
        return destroyed;
    }

    Map<KeyName, byte[]> secrets() {
        return secrets;
    }

    Set<KeyName> destroyedNames() {
        return destroyedNames;
    }

    long epoch() {
        return epoch;
    }
}
