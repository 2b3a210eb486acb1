package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.custodes.mishap.SimulatedDisk;

/// Whatever is recorded, held, erased and let go: a record opens if, and only if, a table of bits says
/// so. `-Djqwik.tries.default=10000` makes ten thousand lives of it.
class VaultModelTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final List<UUID> CAMERAS = List.of(Keys.CAMERA, Keys.OTHER_CAMERA);
    private static final LocalDate FIRST_DAY = Keys.DAY.minusDays(1);

    /// Slots of two days: where trees divide, at midnight, and some that lie together.
    private static final List<Integer> PLACES =
            List.of(
                    0, 1, 2, 3, 4095, 4096, 8190, 8192, 8638, 8639, 8640, 8641, 8645, 12_736,
                    17_279);

    enum Kind {
        PREPARE,
        RECORD,
        ERASE,
        ERASE_ALL_CLASSES,
        EXPIRE,
        HOLD,
        END_HOLD,
        RESTRICT,
        END_RESTRICTION,
        RESTART
    }

    /// @param one where an interval begins, or where it is recorded
    /// @param other where it ends
    record Deed(Kind kind, int camera, int mediaClass, int one, int other, int holder) {
        Slots slots() {
            var midnight = FIRST_DAY.toEpochDay() * Slot.PER_DAY;
            return new Slots(midnight + Math.min(one, other), midnight + Math.max(one, other) + 1);
        }
    }

    @Provide
    Arbitrary<List<Deed>> lives() {
        var place = Arbitraries.of(PLACES);
        var kind =
                Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.just(Kind.PREPARE)),
                        Tuple.of(6, Arbitraries.just(Kind.RECORD)),
                        Tuple.of(6, Arbitraries.of(Kind.class)));
        return Combinators.combine(
                        kind,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        place,
                        place,
                        Arbitraries.integers().between(0, 2))
                .as(Deed::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(24);
    }

    @Property
    void a_record_opens_exactly_if_the_table_says_so(@ForAll("lives") List<Deed> life) {
        try (var lived = new Lived()) {
            lived.act(new Deed(Kind.PREPARE, 0, 0, 0, 0, 0));
            for (var deed : life) {
                lived.act(deed);
                lived.check();
            }
            assertThat(lived.vault.check().faults()).isEmpty();
        }
    }

    private record TreeKey(int camera, int mediaClass, int day) {}

    /// @param lineage a tree that is made anew has other keys
    private record CopyKey(int holder, TreeKey tree, int lineage) {}

    private record Restriction(int holder, TreeKey tree) {}

    private static final int TREE = -1;

    /// @param slot of its day
    private record Recorded(Sealed sealed, TreeKey tree, int lineage, int slot) {}

    private record Tree(int lineage, BitSet living) {}

    private static final class Lived implements AutoCloseable {
        private final SimulatedDisk disk = new SimulatedDisk();
        private final Map<TreeKey, List<Tree>> trees = new HashMap<>();
        private final Map<CopyKey, BitSet> copies = new LinkedHashMap<>();

        /// What restrictions hide, by whom it was kept: [#TREE] is the tree.
        private final Map<CopyKey, BitSet> hidden = new LinkedHashMap<>();

        private final Map<Restriction, BitSet> restrictions = new HashMap<>();
        private final List<Recorded> records = new ArrayList<>();
        private int lineages;
        private Vault vault = open();

        private Vault open() {
            return Vault.open(
                    List.of(disk.path("keys")),
                    RootKey.file(disk.path("etc/root.key")),
                    Keys.RANDOM);
        }

        void act(Deed deed) {
            switch (deed.kind()) {
                case PREPARE -> prepare();
                case RECORD -> record(deed);
                case ERASE -> erase(deed, Set.of(deed.mediaClass()));
                case ERASE_ALL_CLASSES -> erase(deed, Set.of(0, 1));
                case EXPIRE -> expire(deed);
                case HOLD -> hold(deed);
                case END_HOLD -> {
                    vault.endHold(holder(deed.holder()));
                    copies.keySet().removeIf(copy -> copy.holder() == deed.holder());
                    List.copyOf(hidden.keySet())
                            .forEach(copy -> {
                                if (copy.holder() == deed.holder()) {
                                    var kept = new CopyKey(TREE, copy.tree(), copy.lineage());
                                    move(hidden, copy, all(), hidden, kept);
                                }
                            });
                }
                case RESTRICT -> restrict(deed);
                case END_RESTRICTION -> endRestriction(deed.holder());
                case RESTART -> {
                    vault.close();
                    vault = open();
                }
            }
        }

        private void prepare() {
            var wanted = new ArrayList<TreeId>();
            for (var camera = 0; camera < 2; camera++) {
                for (var mediaClass = 0; mediaClass < 2; mediaClass++) {
                    for (var day = 0; day < 2; day++) {
                        var key = new TreeKey(camera, mediaClass, day);
                        wanted.add(id(key));
                        if (open(key).isEmpty()) {
                            open(key).add(new Tree(lineages++, all()));
                        }
                    }
                }
            }
            vault.prepare(wanted);
        }

        private List<Tree> open(TreeKey key) {
            return trees.computeIfAbsent(key, _ -> new ArrayList<>());
        }

        private static BitSet range(int first, int end) {
            var range = new BitSet();
            range.set(first, end);
            return range;
        }

        /// Moves these slots from one to another.
        private static void move(
                Map<CopyKey, BitSet> from,
                CopyKey key,
                BitSet slots,
                Map<CopyKey, BitSet> to,
                CopyKey into) {
            var there = from.computeIfAbsent(key, _ -> new BitSet());
            var part = (BitSet) there.clone();
            part.and(slots);
            there.andNot(slots);
            to.computeIfAbsent(into, _ -> new BitSet()).or(part);
        }

        private void restrict(Deed deed) {
            var restriction =
                    new Hold(
                            holder(deed.holder()),
                            CAMERAS.get(deed.camera()),
                            Set.of(deed.mediaClass()),
                            deed.slots());
            vault.restrict(restriction);
            for (var day = 0; day < 2; day++) {
                var key = new TreeKey(deed.camera(), deed.mediaClass(), day);
                var first = deed.slots().first(day(day));
                var end = deed.slots().end(day(day));
                var range = range(first, end);
                if (!lives(key, first, end)) {
                    continue;
                }
                restrictions
                        .computeIfAbsent(new Restriction(deed.holder(), key), _ -> new BitSet())
                        .or(range);
                for (var tree : open(key)) {
                    var part = (BitSet) range.clone();
                    part.and(tree.living());
                    tree.living().andNot(range);
                    hidden.computeIfAbsent(
                                    new CopyKey(TREE, key, tree.lineage()), _ -> new BitSet())
                            .or(part);
                }
                open(key).removeIf(tree -> tree.living().isEmpty());
                List.copyOf(copies.keySet()).stream()
                        .filter(copy -> copy.tree().equals(key))
                        .forEach(copy -> move(copies, copy, range, hidden, copy));
            }
        }

        private boolean lives(TreeKey key, int first, int end) {
            var found = new HashMap<Integer, BitSet>();
            open(key).forEach(tree -> add(found, tree.lineage(), tree.living(), first, end));
            addAll(found, copies, key, first, end);
            addAll(found, hidden, key, first, end);
            return found.values().stream().anyMatch(slots -> !slots.isEmpty());
        }

        private void endRestriction(int holder) {
            vault.endRestriction(holder(holder));
            for (var ended : List.copyOf(restrictions.keySet())) {
                if (ended.holder() == holder) {
                    restrictions.remove(ended);
                    show(ended.tree());
                }
            }
        }

        private void show(TreeKey key) {
            var free = all();
            restrictions.forEach((restriction, slots) -> {
                if (restriction.tree().equals(key)) {
                    free.andNot(slots);
                }
            });
            for (var copy : List.copyOf(hidden.keySet())) {
                if (copy.tree().equals(key) && copy.holder() != TREE) {
                    move(hidden, copy, free, copies, copy);
                } else if (copy.tree().equals(key)) {
                    var back = new LinkedHashMap<CopyKey, BitSet>();
                    move(hidden, copy, free, back, copy);
                    back.values().forEach(slots -> giveBack(key, copy.lineage(), slots));
                }
            }
        }

        private void giveBack(TreeKey key, int lineage, BitSet slots) {
            if (slots.isEmpty()) {
                return;
            }
            for (var tree : open(key)) {
                if (tree.lineage() == lineage) {
                    tree.living().or(slots);
                    return;
                }
            }
            open(key).add(new Tree(lineage, slots));
        }

        private static BitSet all() {
            var all = new BitSet();
            all.set(0, Slot.PER_DAY);
            return all;
        }

        private void record(Deed deed) {
            var slot = deed.one() % Slot.PER_DAY;
            var key = new TreeKey(deed.camera(), deed.mediaClass(), deed.one() / Slot.PER_DAY);
            var at = Instant.ofEpochSecond(Slot.startSecond(day(key.day()), slot));
            if (open(key).size() > 1) {
                // A tree that was made anew while an old one was hidden: which one is sealed under
                // is nobody's concern.
                return;
            }
            var living = open(key).stream().anyMatch(tree -> tree.living().get(slot));
            try {
                var sealer = vault.sealer(Keys.pack(id(key)), 0);
                var sealed = sealer.seal(Keys.key(at), FRAME);
                sealer.discard();
                assertThat(living).isTrue();
                records.add(new Recorded(sealed, key, open(key).getFirst().lineage(), slot));
            } catch (NoKeyException e) {
                assertThat(living).isFalse();
            }
        }

        private void erase(Deed deed, Set<Integer> classes) {
            var order =
                    new Puncture(
                            UUID.randomUUID(), CAMERAS.get(deed.camera()), classes, deed.slots());
            var wasThere = false;
            for (var mediaClass : classes) {
                for (var day = 0; day < 2; day++) {
                    var key = new TreeKey(deed.camera(), mediaClass, day);
                    wasThere |= clear(key, deed.slots());
                }
            }

            var destruction = vault.puncture(order);

            assertThat(destruction.proof().faults()).isEmpty();
            assertThat(destruction.tookKeys()).isEqualTo(wasThere);
            if (deed.holder() == 0) {
                vault.settle(order.id());
            }
        }

        /// Whether a slot lived there.
        private boolean clear(TreeKey key, Slots slots) {
            var first = slots.first(day(key.day()));
            var end = slots.end(day(key.day()));
            var there = clearTree(key, first, end);
            for (var kept : List.of(copies, hidden)) {
                for (var copy : kept.entrySet()) {
                    if (copy.getKey().tree().equals(key)) {
                        there |= !copy.getValue().get(first, end).isEmpty();
                        copy.getValue().clear(first, end);
                    }
                }
            }
            return there;
        }

        private boolean clearTree(TreeKey key, int first, int end) {
            var there = false;
            for (var tree : open(key)) {
                there |= !tree.living().get(first, end).isEmpty();
                tree.living().clear(first, end);
            }
            open(key).removeIf(tree -> tree.living().isEmpty());
            return there;
        }

        private void expire(Deed deed) {
            var before = deed.slots().end();
            vault.expire(
                    List.of(new Expiry(CAMERAS.get(deed.camera()), deed.mediaClass(), before)));
            var gone = new Slots(0, before);
            for (var day = 0; day < 2; day++) {
                var key = new TreeKey(deed.camera(), deed.mediaClass(), day);
                clearTree(key, gone.first(day(day)), gone.end(day(day)));
            }
        }

        private void hold(Deed deed) {
            var slots = deed.slots();
            var holder = holder(deed.holder());
            vault.hold(
                    new Hold(holder, CAMERAS.get(deed.camera()), Set.of(deed.mediaClass()), slots));
            for (var day = 0; day < 2; day++) {
                var key = new TreeKey(deed.camera(), deed.mediaClass(), day);
                var first = slots.first(day(day));
                var end = slots.end(day(day));
                var found = new HashMap<Integer, BitSet>();
                open(key).forEach(tree -> add(found, tree.lineage(), tree.living(), first, end));
                addAll(found, copies, key, first, end);
                keep(copies, deed.holder(), key, found);
                var foundHidden = new HashMap<Integer, BitSet>();
                addAll(foundHidden, hidden, key, first, end);
                keep(hidden, deed.holder(), key, foundHidden);
            }
        }

        private static void addAll(
                Map<Integer, BitSet> to,
                Map<CopyKey, BitSet> kept,
                TreeKey key,
                int first,
                int end) {
            kept.forEach((copy, living) -> {
                if (copy.tree().equals(key)) {
                    add(to, copy.lineage(), living, first, end);
                }
            });
        }

        private static void keep(
                Map<CopyKey, BitSet> where, int holder, TreeKey key, Map<Integer, BitSet> found) {
            found.forEach((lineage, living) ->
                    where.computeIfAbsent(new CopyKey(holder, key, lineage), _ -> new BitSet())
                            .or(living));
        }

        private static void add(
                Map<Integer, BitSet> to, int lineage, BitSet living, int first, int end) {
            var part = range(first, end);
            part.and(living);
            to.computeIfAbsent(lineage, _ -> new BitSet()).or(part);
        }

        void check() {
            for (var record : records) {
                var tree = record.sealed().pack().tree();
                var opener =
                        vault.opener(tree.camera(), tree.mediaClass(), Instant.EPOCH, Instant.MAX);
                var ofRestricted =
                        vault.openerOfRestricted(
                                tree.camera(), tree.mediaClass(), Instant.EPOCH, Instant.MAX);
                var open = says(record) || has(copies, record);
                assertThat(opens(opener, record.sealed())).as("%s", record).isEqualTo(open);
                assertThat(opens(ofRestricted, record.sealed()))
                        .as("%s", record)
                        .isEqualTo(open || has(hidden, record));
            }
        }

        private boolean says(Recorded record) {
            return open(record.tree()).stream()
                    .anyMatch(tree ->
                            tree.lineage() == record.lineage() && tree.living().get(record.slot()));
        }

        private static boolean has(Map<CopyKey, BitSet> kept, Recorded record) {
            return kept.entrySet().stream()
                    .anyMatch(copy ->
                            copy.getKey().tree().equals(record.tree())
                                    && copy.getKey().lineage() == record.lineage()
                                    && copy.getValue().get(record.slot()));
        }

        private static boolean opens(Opener opener, Sealed sealed) {
            try {
                return Arrays.equals(opener.open(sealed), FRAME);
            } catch (CannotOpenException e) {
                return false;
            } finally {
                opener.shut();
            }
        }

        private static TreeId id(TreeKey key) {
            return new TreeId(CAMERAS.get(key.camera()), key.mediaClass(), day(key.day()), 0);
        }

        private static LocalDate day(int day) {
            return FIRST_DAY.plusDays(day);
        }

        private static UUID holder(int number) {
            return new UUID(9, number);
        }

        @Override
        public void close() {
            vault.close();
        }
    }
}
