package org.custodes.vault;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.vault.CannotOpenException.Reason;
import org.jspecify.annotations.Nullable;

/// Opens the records of one camera and class whose slot lies in one interval, and no others.
///
/// It holds no root, only the nodes that cover its interval. An interval may reach into days whose
/// trees do not exist yet: those are looked for when the first of their records comes. Safe for many
/// threads.
public final class Opener {
    /// Record keys kept ready: the running slot of a few packs (live, and the seam to the next pack).
    private static final int KEYS_KEPT = 8;

    private final UUID camera;
    private final int mediaClass;
    private final Instant to;
    private final TreeSource source;

    // All are guarded by this.
    private Instant from;
    private final Map<TreeId, List<KeyTree>> trees = new HashMap<>();
    private final LinkedHashMap<KeyPlace, RecordKey> keys = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Miss lastMiss;
    private boolean shut;

    Opener(UUID camera, int mediaClass, Instant from, Instant to, TreeSource source) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "An opener's interval starts before it ends, but got %s to %s"
                            .formatted(from, to));
        }
        this.camera = camera;
        this.mediaClass = mediaClass;
        this.from = from;
        this.to = to;
        this.source = source;
    }

    /// The plaintext that was sealed; it belongs to the caller.
    ///
    /// @throws CannotOpenException if this opener is shut, the record lies outside of its bounds,
    ///     its key is gone, or it was altered
    public byte[] open(Sealed sealed) {
        var key = keyOf(sealed);
        try {
            return RecordCipher.open(
                    RecordCipher.make(),
                    key,
                    sealed.pack(),
                    sealed.header(),
                    sealed.array(),
                    sealed.size());
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("A derived key is not an AES key", e);
        } catch (GeneralSecurityException e) {
            throw refused(Reason.ALTERED, sealed);
        } finally {
            key.wipe();
        }
    }

    /// From now on nothing opens that lies before this moment's slot; the keys of that are wiped.
    public synchronized void narrow(Instant later) {
        if (Math.floorDiv(later.getEpochSecond(), Slot.SECONDS)
                > Math.floorDiv(from.getEpochSecond(), Slot.SECONDS)) {
            from = later;
            forget();
        }
    }

    /// Wipes every key; from now on nothing opens.
    public synchronized void shut() {
        shut = true;
        forget();
    }

    /// Drops what was fetched, because keys have been destroyed; what still exists is fetched again.
    synchronized void forget() {
        trees.values().forEach(all -> all.forEach(KeyTree::wipe));
        trees.clear();
        keys.values().forEach(RecordKey::wipe);
        keys.clear();
        lastMiss = null;
    }

    boolean isFor(UUID otherCamera, int otherClass) {
        return camera.equals(otherCamera) && mediaClass == otherClass;
    }

    private synchronized RecordKey keyOf(Sealed sealed) {
        if (shut) {
            throw refused(Reason.SHUT, sealed);
        }
        var tree = sealed.pack().tree();
        var slot = sealed.header().slot();
        if (!isFor(tree.camera(), tree.mediaClass()) || !touches(tree.day(), slot)) {
            throw refused(Reason.OUTSIDE, sealed);
        }
        if (sealed.size() < RecordHeader.MIN_BODY || sealed.size() > RecordHeader.MAX_BODY) {
            throw refused(Reason.ALTERED, sealed);
        }
        var key = keys.get(new KeyPlace(sealed.pack().packId(), tree, slot));
        if (key == null) {
            key = derive(sealed, tree, slot);
        }
        // Before anything is decrypted: a tag alone does not say under which key.
        if (!key.isCommittedTo(sealed.commitment())) {
            throw refused(Reason.ALTERED, sealed);
        }
        return key.copy();
    }

    private RecordKey derive(Sealed sealed, TreeId tree, int slot) {
        var key = fitting(sealed, nodes(sealed, tree), slot);
        keys.put(new KeyPlace(sealed.pack().packId(), tree, slot), key);
        if (keys.size() > KEYS_KEPT) {
            keys.pollFirstEntry().getValue().wipe();
        }
        return key;
    }

    /// The record's key: the one that its pack is committed to, if there are several.
    private static RecordKey fitting(Sealed sealed, List<KeyTree> trees, int slot) {
        Optional<RecordKey> found = Optional.empty();
        for (var tree : trees) {
            var leaf = tree.leaf(slot);
            if (leaf.isEmpty()) {
                continue;
            }
            found.ifPresent(RecordKey::wipe);
            var key = RecordKey.derive(leaf.get(), sealed.pack(), slot);
            Arrays.fill(leaf.get(), (byte) 0);
            found = Optional.of(key);
            if (key.isCommittedTo(sealed.commitment())) {
                return key;
            }
        }
        return found.orElseThrow(() -> refused(Reason.NO_KEY, sealed));
    }

    private List<KeyTree> nodes(Sealed sealed, TreeId tree) {
        var known = trees.get(tree);
        if (known != null) {
            return known;
        }
        // A flood of records without keys costs one reading of the key store per change of it.
        var miss = new Miss(tree, source.version());
        if (miss.equals(lastMiss)) {
            throw refused(Reason.NO_KEY, sealed);
        }
        var found = source.cover(tree, firstSlot(tree.day()), endSlot(tree.day()));
        if (found.isEmpty()) {
            lastMiss = miss;
            throw refused(Reason.NO_KEY, sealed);
        }
        trees.put(tree, found);
        return found;
    }

    private boolean touches(LocalDate day, int slot) {
        return slot >= firstSlot(day) && slot < endSlot(day);
    }

    /// The interval's first slot in a day, widened outward: 0 if it begins earlier.
    private int firstSlot(LocalDate day) {
        var seconds = from.getEpochSecond() - Slot.startSecond(day, 0);
        return clamp(Math.floorDiv(seconds, Slot.SECONDS));
    }

    /// The slot after the interval's last in a day, widened outward.
    private int endSlot(LocalDate day) {
        var seconds = to.getEpochSecond() - Slot.startSecond(day, 0) + (to.getNano() > 0 ? 1 : 0);
        return clamp(Math.ceilDiv(seconds, Slot.SECONDS));
    }

    private static int clamp(long slot) {
        return Math.clamp(slot, 0, Slot.PER_DAY);
    }

    private static CannotOpenException refused(Reason reason, Sealed sealed) {
        return new CannotOpenException(
                reason,
                "Record %d of pack %s".formatted(sealed.header().number(), sealed.pack().packId()));
    }

    @Override
    public String toString() {
        return "Opener for class %d of camera %s from %s to %s"
                .formatted(mediaClass, camera, from, to);
    }

    private record KeyPlace(UUID packId, TreeId tree, int slot) {}

    private record Miss(TreeId tree, long version) {}
}
