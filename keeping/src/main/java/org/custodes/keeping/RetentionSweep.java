package org.custodes.keeping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.Camera;
import org.custodes.vault.Vault;

/// Destroys whole UTC days of footage whose last moment is older than their camera's retention.
final class RetentionSweep {
    private final Supplier<List<Camera>> camerasEver;
    private final Footage footage;
    private final Vault vault;
    private final AuditLog audit;

    RetentionSweep(
            Supplier<List<Camera>> camerasEver, Footage footage, Vault vault, AuditLog audit) {
        this.camerasEver = camerasEver;
        this.footage = footage;
        this.vault = vault;
        this.audit = audit;
    }

    /// Sweeps all cameras, those that were removed too. Footage of a camera that the register does not
    /// know stays: nobody said how long it may live.
    void sweep(Instant now) {
        for (var camera : camerasEver.get()) {
            var firstKept = LocalDate.ofInstant(now.minus(camera.retention()), ZoneOffset.UTC);
            for (var mediaClass : MediaClass.values()) {
                sweep(camera, mediaClass, firstKept);
            }
        }
    }

    /// Steps: intent, keys, bytes, outcome. Keys before bytes: from then on they are noise, whatever
    /// fails after it. A stop between two steps leaves keys or packs of old days, and so the next sweep
    /// does all of it again; doing a step twice changes nothing.
    private void sweep(Camera camera, MediaClass mediaClass, LocalDate firstKept) {
        var keys = vault.days(camera.id().value(), mediaClass.number()).headSet(firstKept).size();
        var tracks = tracksOlderThan(camera, mediaClass, firstKept);
        if (keys == 0 && tracks.isEmpty()) {
            return;
        }
        tell(
                Action.FOOTAGE_EXPIRING,
                camera,
                "%s before %s: keys of %d days, packs of %d tracks"
                        .formatted(mediaClass.code(), firstKept, keys, tracks.size()));
        vault.dropDaysBefore(camera.id().value(), mediaClass.number(), firstKept);
        var packs =
                tracks.stream().mapToInt(track -> footage.dropDaysBefore(track, firstKept)).sum();
        tell(
                Action.FOOTAGE_EXPIRED,
                camera,
                "%s before %s: keys of %d days, %d packs"
                        .formatted(mediaClass.code(), firstKept, keys, packs));
    }

    private List<TrackId> tracksOlderThan(
            Camera camera, MediaClass mediaClass, LocalDate firstKept) {
        var edge = firstKept.atStartOfDay().toInstant(ZoneOffset.UTC);
        return footage.tracks().stream()
                .filter(track -> track.camera().equals(camera.id()))
                .filter(track -> track.mediaClass() == mediaClass)
                .filter(track -> footage.use(track).oldest().filter(edge::isAfter).isPresent())
                .toList();
    }

    private void tell(Action action, Camera camera, String text) {
        audit.append(Event.of(Actor.system(), action, "camera/" + camera.id(), Outcome.DONE, text));
    }
}
