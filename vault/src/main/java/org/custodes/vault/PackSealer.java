package org.custodes.vault;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Seals the records of one pack, one after the other. One pack, one thread.
///
/// It holds the nodes of its tree that the pack may still need and drops what lies behind, so that
/// a seized recorder cannot read its own past. What is punctured it loses at once, from whichever thread.
public final class PackSealer {
    /// Within this time of its GOP's start a record is sealed under the slot of that start.
    private static final long GOP_BOUND_MICROS = 60_000_000;

    /// Slots behind the newest whose keys are still kept: the GOP bound and a minute of slewing.
    private static final int SLOTS_KEPT = 12;

    private final PackBinding pack;
    private final int stream;
    private final Cipher cipher = RecordCipher.make();
    private final @Nullable RecordMemory memory;
    private final EndSeal.Tally tally = new EndSeal.Tally();

    // Guarded by this: a puncture takes keys away while the pack's thread seals.
    private KeyTree tree;
    private @Nullable RecordKey key;
    private int slot = -1;
    private boolean ended;

    private int newestSlot = -1;
    private Optional<Long> gopStartMicros = Optional.empty();
    private long nextNumber;

    /// @param memory where its records lie; null for arrays of their own
    PackSealer(PackBinding pack, int stream, KeyTree tree, @Nullable RecordMemory memory) {
        this.pack = pack;
        this.stream = stream;
        this.tree = tree;
        this.memory = memory;
    }

    /// Whether a frame belongs to the UTC day of this pack's tree. If not, the pack has to end and
    /// the next one begins on the next day's tree.
    public boolean fits(FrameStamp stamp) {
        return Slot.inDay(slotOf(stamp));
    }

    /// Seals a frame under the pack's next number. Whatever becomes of the record, its number is used
    /// up.
    ///
    /// A frame is sealed under the 10 s slot in which its GOP began, so that a slot dies with whole
    /// chains of pictures; if that is more than 60 s ago, under its own.
    ///
    /// @param plaintext in parts that follow each other
    /// @throws IllegalArgumentException if the frame does not fit, or is larger than
    ///     [RecordHeader#MAX_BODY] allows
    /// @throws IllegalStateException after [#end] or [#discard]
    /// @throws NoKeyException if the slot's key was dropped already
    public Sealed seal(FrameStamp stamp, byte[]... plaintext) {
        var wanted = slotOf(stamp);
        if (!Slot.inDay(wanted)) {
            throw new IllegalArgumentException(
                    "A frame at %d us does not fit a pack of %s: end the pack and begin the next"
                            .formatted(stamp.wallMicros(), pack.tree().day()));
        }
        if (stamp.key()) {
            gopStartMicros = Optional.of(stamp.wallMicros());
        }
        var sealed =
                seal(
                        new RecordHeader(
                                stream,
                                nextNumber,
                                (int) wanted,
                                stamp.wallMicros(),
                                stamp.mediaTime(),
                                stamp.cameraMicros(),
                                stamp.flags()),
                        plaintext);
        tally.add(sealed);
        return sealed;
    }

    /// Seals the pack's last record: the count of all records and the hash of their tags, under the
    /// slot of the last of them. Then forgets every key.
    ///
    /// @throws IllegalArgumentException if the pack is empty and the time lies outside of its day
    public synchronized Sealed end(long wallMicros) {
        var last = slot >= 0 ? slot : Slot.of(wallMicros, pack.tree().day());
        if (!Slot.inDay(last)) {
            throw new IllegalArgumentException(
                    "An empty pack of %s cannot end at %d us"
                            .formatted(pack.tree().day(), wallMicros));
        }
        var header =
                new RecordHeader(
                        stream,
                        nextNumber,
                        (int) last,
                        wallMicros,
                        0,
                        RecordHeader.UNTOLD,
                        RecordHeader.END);
        var sealed = seal(header, tally.plaintext());
        discard();
        return sealed;
    }

    /// Forgets every key without an end record: for a pack whose writing failed.
    public synchronized void discard() {
        ended = true;
        tree.wipe();
        dropKey();
    }

    private void dropKey() {
        if (key != null) {
            key.wipe();
            key = null;
        }
    }

    boolean isFor(UUID camera, int mediaClass) {
        return pack.tree().camera().equals(camera) && pack.tree().mediaClass() == mediaClass;
    }

    /// The slot that it seals under now, counted from 1970; empty before the first record and after the
    /// end.
    synchronized OptionalLong runningSlot() {
        return ended || slot < 0
                ? OptionalLong.empty()
                : OptionalLong.of(pack.tree().day().toEpochDay() * Slot.PER_DAY + slot);
    }

    /// Forgets the keys of these slots, which are destroyed.
    synchronized void lose(Slots slots) {
        var first = slots.first(pack.tree().day());
        var end = slots.end(pack.tree().day());
        if (ended || first == end) {
            return;
        }
        var all = tree;
        tree = all.without(first, end);
        all.wipe();
        if (slot >= first && slot < end) {
            dropKey();
        }
    }

    /// Takes over the nodes of its tree, which were read again because the key store had turned meanwhile.
    synchronized void renew(KeyTree nodes) {
        tree.wipe();
        tree = nodes;
    }

    private long slotOf(FrameStamp stamp) {
        var own = stamp.wallMicros();
        var chosen =
                stamp.key()
                        ? own
                        : gopStartMicros
                                .filter(start -> own - start <= GOP_BOUND_MICROS)
                                .orElse(own);
        return Slot.of(chosen, pack.tree().day());
    }

    private synchronized Sealed seal(RecordHeader header, byte[]... plaintext) {
        if (ended) {
            throw new IllegalStateException(
                    "Pack %s has ended: begin another".formatted(pack.packId()));
        }
        var size = RecordCipher.sealedSize(plaintext);
        var slotKey = keyOf(header.slot());
        nextNumber++;
        try {
            var array = memory == null ? new byte[size] : memory.take(size);
            RecordCipher.seal(cipher, slotKey, pack, header, array, size, plaintext);
            return memory == null
                    ? new Sealed(pack, header, slotKey.commitment(), array)
                    : Sealed.borrowing(memory, pack, header, slotKey.commitment(), array, size);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A derived key is not an AES key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Record %d of pack %s could not be sealed"
                            .formatted(header.number(), pack.packId()),
                    e);
        }
    }

    private RecordKey keyOf(int wanted) {
        if (key != null && wanted == slot) {
            return key;
        }
        var leaf = tree.leaf(wanted).orElseThrow(() -> new NoKeyException(pack.tree(), wanted));
        var derived = RecordKey.derive(leaf, pack, wanted);
        Arrays.fill(leaf, (byte) 0);
        dropKey();
        key = derived;
        slot = wanted;
        dropBehind();
        return derived;
    }

    private void dropBehind() {
        if (slot > newestSlot) {
            newestSlot = slot;
            var all = tree;
            tree = all.cover(Math.max(0, slot - SLOTS_KEPT), Slot.PER_DAY);
            all.wipe();
        }
    }

    @Override
    public String toString() {
        return "PackSealer of pack %s at record %d".formatted(pack.packId(), nextNumber);
    }
}
