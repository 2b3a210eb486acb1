package org.custodes.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Shows what a puncture did to the table of keys, to anybody who knows the table's root before and
/// after it: which nodes the camera had on each day and class that was asked for, which it has left,
/// that the erased slots can be derived from none of these, and that all others still can.
///
/// It is public: it tells where nodes stand, and nothing of their keys or of other cameras. What it
/// cannot show is that nobody kept a copy. Bytes, and how to check them: `docs/formats/destruction.md`.
public final class DestructionProof {
    private static final byte[] MAGIC = Ascii.of("CUSTGONE");
    private static final int VERSION = 1;

    private final Head head;
    private final List<Part> parts;

    DestructionProof(Head head, List<Part> parts) {
        this.head = head;
        this.parts = List.copyOf(parts);
    }

    /// @param asked its id is not part of the proof
    record Head(
            UUID installation,
            long epochBefore,
            long epochAfter,
            Hash rootBefore,
            Hash rootAfter,
            Puncture asked) {}

    /// One day and class, before and after.
    record Part(DayId day, Shown before, Shown after) {}

    /// What became of a camera's nodes of one class on one UTC day.
    ///
    /// @param before all that it had
    /// @param after all that it has left
    public record Place(
            int mediaClass, LocalDate day, List<NodeLabel> before, List<NodeLabel> after) {

        public Place {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /// The nodes that were taken away.
        public List<NodeLabel> removed() {
            return before.stream().filter(label -> !after.contains(label)).toList();
        }
    }

    /// Of the key store: random at its creation.
    public UUID installation() {
        return head.installation();
    }

    /// The epoch whose key, and with it all earlier ones, was destroyed.
    public long epochBefore() {
        return head.epochBefore();
    }

    /// The epoch that followed; the same if there was nothing to destroy.
    public long epochAfter() {
        return head.epochAfter();
    }

    /// The table's root before, 64 hex digits.
    public String rootBefore() {
        return head.rootBefore().hex();
    }

    /// The table's root after, 64 hex digits; the same if there was nothing to destroy.
    public String rootAfter() {
        return head.rootAfter().hex();
    }

    public UUID camera() {
        return head.asked().camera();
    }

    public Set<Integer> classes() {
        return head.asked().classes();
    }

    public Slots slots() {
        return head.asked().slots();
    }

    Puncture asked(UUID id) {
        return new Puncture(id, camera(), classes(), slots());
    }

    /// Every day and class that was asked for, in order, also those that had nothing.
    public List<Place> places() {
        return parts.stream()
                .map(part ->
                        new Place(
                                part.day().mediaClass(),
                                part.day().day(),
                                part.before().labels(),
                                part.after().labels()))
                .toList();
    }

    /// What does not fit together, one sentence each; none if the proof holds. It does not say whether
    /// the two roots are those of the key store: for that somebody else has to vouch.
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (epochAfter() == epochBefore() && !head.rootAfter().equals(head.rootBefore())) {
            faults.add("The table changed without a new epoch");
        }
        if (epochAfter() < epochBefore()) {
            faults.add("The epoch after is older than the one before");
        }
        var table = new KeyTable();
        for (var part : parts) {
            check(part, table, faults);
        }
        return faults;
    }

    private void check(Part part, KeyTable table, List<String> faults) {
        var told = "class %d on %s".formatted(part.day().mediaClass(), part.day().day());
        if (!shows(part.before(), part.day(), head.rootBefore(), table)) {
            faults.add("What is shown of %s before does not lead to the root".formatted(told));
        }
        if (!shows(part.after(), part.day(), head.rootAfter(), table)) {
            faults.add("What is shown of %s after does not lead to the root".formatted(told));
        }
        var first = slots().first(part.day().day());
        var end = slots().end(part.day().day());
        var before = living(part.before().labels());
        var after = living(part.after().labels());
        if (after.values().stream().anyMatch(left -> hasAny(left, first, end))) {
            faults.add("A slot that was to be erased can still be derived: %s".formatted(told));
        }
        before.values().forEach(had -> had.clear(first, end));
        before.values().removeIf(BitSet::isEmpty);
        if (!before.equals(after)) {
            faults.add("Other slots than those erased have changed: %s".formatted(told));
        }
    }

    private boolean shows(Shown shown, DayId day, Hash root, KeyTable table) {
        try {
            return shown.root(day, camera(), table).equals(root);
        } catch (BadProofException e) {
            return false;
        }
    }

    private static boolean hasAny(BitSet slots, int first, int end) {
        var next = slots.nextSetBit(first);
        return next >= 0 && next < end;
    }

    /// The slots of each era that can be derived from these nodes.
    private static Map<Integer, BitSet> living(List<NodeLabel> labels) {
        var living = new HashMap<Integer, BitSet>();
        for (var label : labels) {
            if (label.firstSlot() < Slot.PER_DAY) {
                living.computeIfAbsent(label.era(), _ -> new BitSet(Slot.PER_DAY))
                        .set(label.firstSlot(), Math.min(label.endSlot(), Slot.PER_DAY));
            }
        }
        return living;
    }

    /// What a receipt carries.
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeShort(VERSION);
            out.write(Uuids.bytes(installation()));
            out.writeLong(epochBefore());
            out.writeLong(epochAfter());
            head.rootBefore().write(out);
            head.rootAfter().write(out);
            out.write(Uuids.bytes(camera()));
            out.writeLong(slots().from());
            out.writeLong(slots().end());
            out.writeByte(classes().size());
            for (var mediaClass : classes()) {
                out.writeByte(mediaClass);
            }
            for (var part : parts) {
                part.before().write(out);
                part.after().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#bytes] gave. Whether it proves anything, [#faults] tells.
    ///
    /// @throws BadProofException if it is not such bytes, to the last one
    public static DestructionProof read(byte[] bytes) {
        try {
            var in = ByteBuffer.wrap(bytes);
            checkBegin(in);
            var head = readHead(in);
            var parts = new ArrayList<Part>();
            for (var day : head.asked().days()) {
                parts.add(new Part(day, Shown.read(in), Shown.read(in)));
            }
            if (in.hasRemaining()) {
                throw new BadProofException("%d bytes follow it".formatted(in.remaining()));
            }
            return new DestructionProof(head, parts);
        } catch (BufferUnderflowException e) {
            throw new BadProofException("it ends too early", e);
        } catch (IllegalArgumentException e) {
            throw new BadProofException("a number in it is out of range", e);
        }
    }

    private static void checkBegin(ByteBuffer in) {
        var magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.getShort() != VERSION) {
            throw new BadProofException("it begins otherwise, or is of a newer version");
        }
    }

    private static Head readHead(ByteBuffer in) {
        var installation = Uuids.read(in);
        var epochBefore = in.getLong();
        var epochAfter = in.getLong();
        var rootBefore = Hash.read(in);
        var rootAfter = Hash.read(in);
        var camera = Uuids.read(in);
        var slots = new Slots(in.getLong(), in.getLong());
        var classes = new TreeSet<Integer>();
        for (var left = in.get() & 0xff; left > 0; left--) {
            var mediaClass = in.get() & 0xff;
            if (!classes.isEmpty() && classes.getLast() >= mediaClass) {
                throw new BadProofException("classes are out of order");
            }
            classes.add(mediaClass);
        }
        var asked = new Puncture(NOBODY, camera, classes, slots);
        return new Head(installation, epochBefore, epochAfter, rootBefore, rootAfter, asked);
    }

    static final UUID NOBODY = new UUID(0, 0);

    @Override
    public String toString() {
        return "DestructionProof of slots %d to %d of camera %s"
                .formatted(slots().from(), slots().end(), camera());
    }
}
