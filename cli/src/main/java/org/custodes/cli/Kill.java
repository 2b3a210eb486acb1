package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.custodes.cli.PackFile.SealedRecord;

/// How a life of a recorder ended.
///
/// @param at by the recorder's clock, which is ours
/// @param syncedThrough what it had last reported as safe, by camera
/// @param packs what stood whole in the pack files that this life had written to
/// @param startedAgain when the next life was executed
/// @param stood how long the recorder had been kept from running shortly before: nobody writes meanwhile
/// @param excused cameras of which nobody can say how soon they can be recorded again
record Kill(
        Instant at,
        Map<UUID, Instant> syncedThrough,
        Map<UUID, Remains> packs,
        Instant startedAgain,
        Duration stood,
        Set<UUID> excused) {

    /// A batch waits for a second at most; the rest is for a machine that has other things to do.
    static final Duration MOST_LOST = Duration.ofSeconds(3);

    Kill {
        syncedThrough = Map.copyOf(syncedThrough);
        packs = Map.copyOf(packs);
        excused = Set.copyOf(excused);
    }

    /// Whether the kill may have taken a frame that was sent then: in the last three seconds in which the
    /// recorder ran.
    boolean mayTake(Instant sentAt) {
        return sentAt.isAfter(at.minus(MOST_LOST).minus(stood));
    }

    /// The records of a pack, in short.
    record Remains(int records, String sha256) {}

    /// What stands whole in a pack, as it is read.
    static final class Reading {
        private final MessageDigest digest;
        private int records;

        Reading() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void add(SealedRecord sealed) {
            digest.update(sealed.body().array());
            records++;
        }

        /// Once, after the last record.
        Remains remains() {
            return new Remains(records, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /// What stands whole in the packs that were written to since then. A pack without a record is not
    /// there any more after the next start.
    static Map<UUID, Remains> remains(Path data, Instant since) throws IOException {
        var packs = new HashMap<UUID, Remains>();
        for (var file : PackFile.files(data)) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(since)) {
                var reading = new Reading();
                var pack = PackFile.walk(file, reading::add);
                var remains = reading.remains();
                if (remains.records() > 0) {
                    packs.put(pack.id(), remains);
                }
            }
        }
        return packs;
    }
}
