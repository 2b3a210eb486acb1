package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import org.custodes.mishap.SimulatedDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An image of the disk, what was removed from it included, in the hands of somebody who has the root
/// key: before an erasure they find the key of the key store, the keys of its pages and the nodes;
/// after it those that were retired are nowhere.
class ErasedImageTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final UUID CASE = new UUID(1, 2);
    private static final Puncture ORDER =
            new Puncture(
                    new UUID(3, 4),
                    Keys.CAMERA,
                    Set.of(0),
                    Slots.covering(Keys.NOON, Keys.NOON.plusSeconds(120)));

    private final SimulatedDisk disk = new SimulatedDisk();

    /// What stood in files that were removed: a disk frees their blocks and keeps their bytes.
    private final List<byte[]> removed = new ArrayList<>();

    @BeforeEach
    void keepWhatIsRemoved() {
        disk.fault(step -> {
            if (step.kind() == SimulatedDisk.Kind.REMOVE) {
                removed.add(Files.readAllBytes(step.path()));
            }
        });
    }

    @Test
    void after_an_erasure_no_retired_key_and_no_erased_node_is_on_the_disk() throws IOException {
        try (var vault = open(0)) {
            vault.prepare(List.of(Keys.TREE, new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
            vault.hold(
                    new Hold(
                            CASE,
                            Keys.CAMERA,
                            Set.of(0),
                            Slots.covering(
                                    Keys.NOON.minusSeconds(60), Keys.NOON.plusSeconds(300))));
            var control = new Search(image());
            var wrapped = wrapped();
            var epoch = vault.epoch();
            // Of all that is on the disk by now, the key of this epoch opens this epoch alone.
            assertThat(control.indexKeys()).containsOnlyKeys(epoch);
            assertThat(control.pageKeys()).hasSize(2);
            assertThat(control.derives(erasedSlot())).isTrue();
            assertThat(disk.holds(wrapped)).isTrue();

            vault.puncture(ORDER);

            var after = new Search(image());
            assertThat(after.indexKeys()).containsOnlyKeys(epoch + 1);
            assertThat(after.indexKeys().values())
                    .doesNotContainAnyElementsOf(control.indexKeys().values());
            assertThat(after.pageKeys()).doesNotContainAnyElementsOf(control.pageKeys());
            assertThat(after.derives(erasedSlot())).isFalse();
            assertThat(after.derives(erasedSlot() - 1)).isTrue();
            assertThat(after.derives(erasedSlot() + 12)).isTrue();
            assertThat(image()).noneMatch(bytes -> contains(bytes, wrapped));
            // The pages of the past are still there, and are noise.
            assertThat(after.pages()).isGreaterThan(control.pages());
        }
    }

    @Test
    void the_old_pages_do_not_open_with_the_root_file_of_today() throws IOException {
        Map<String, byte[]> old;
        try (var vault = open(0)) {
            vault.prepare(List.of(Keys.TREE));
            old = files();
            vault.puncture(ORDER);
        }
        var today = Files.readAllBytes(disk.path("keys/root"));
        restore(old);
        Files.write(disk.path("keys/root"), today);

        assertThatThrownBy(() -> open(0))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("whole in none");
    }

    @Test
    void an_older_copy_of_the_whole_key_store_is_refused_by_the_epoch_on_record()
            throws IOException {
        Map<String, byte[]> old;
        long onRecord;
        Sealed erased;
        try (var vault = open(0)) {
            vault.prepare(List.of(Keys.TREE));
            erased = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
            old = files();
            onRecord = vault.puncture(ORDER).proof().epochAfter();
        }
        restore(old);

        assertThatThrownBy(() -> open(onRecord))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("old copy");
        // What the receipt has to say: a copied root file with its pages opens, with the root key.
        try (var rolledBack = open(0)) {
            assertThat(rolledBack.attest()).contains("root was copied before");
            assertThat(rolledBack.opener(Keys.CAMERA, 0, Instant.EPOCH, Instant.MAX).open(erased))
                    .isEqualTo(FRAME);
        }
    }

    private Vault open(long leastEpoch) {
        return Vault.open(
                List.of(disk.path("keys")),
                RootKey.file(disk.path("etc/root.key")),
                Keys.RANDOM,
                leastEpoch);
    }

    private static int erasedSlot() {
        return ORDER.slots().first(Keys.DAY);
    }

    private byte[] wrapped() throws IOException {
        var root = Files.readAllBytes(disk.path("keys/root"));
        return RootBlock.parse(Arrays.copyOf(root, RootBlock.SIZE)).orElseThrow().wrapped();
    }

    private List<byte[]> image() throws IOException {
        var all = new ArrayList<>(removed);
        all.addAll(files().values());
        return all;
    }

    private Map<String, byte[]> files() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        for (var folder : List.of("keys", "keys/pages")) {
            try (var entries = Files.list(disk.path(folder))) {
                for (var file : entries.filter(Files::isRegularFile).toList()) {
                    files.put(file.toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private void restore(Map<String, byte[]> old) throws IOException {
        for (var file : files().keySet()) {
            Files.delete(disk.path(file.substring(1)));
        }
        old.forEach((file, bytes) -> {
            try {
                Files.write(disk.path(file.substring(1)), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean contains(byte[] where, byte[] what) {
        for (var at = 0; at + what.length <= where.length; at++) {
            if (Arrays.equals(where, at, at + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }

    /// All that opens, from the root key on down, of bytes that lie anywhere.
    private final class Search {
        private final List<byte[]> image;
        private final Map<Long, String> indexKeys = new LinkedHashMap<>();
        private final Set<String> pageKeys = new TreeSet<>();
        private final List<TreeRow> rows = new ArrayList<>();
        private final RootKey root = RootKey.file(disk.path("etc/root.key"));

        Search(List<byte[]> image) {
            this.image = image;
            root.unlock(new byte[0]);
            roots().forEach(this::open);
        }

        private Stream<RootBlock> roots() {
            return image.stream()
                    .flatMap(bytes ->
                            Stream.iterate(
                                            0,
                                            at -> at + RootBlock.SIZE <= bytes.length,
                                            at -> at + 512)
                                    .flatMap(at ->
                                            RootBlock.parse(
                                                    Arrays.copyOfRange(
                                                            bytes, at, at + RootBlock.SIZE))
                                                    .stream()));
        }

        private void open(RootBlock block) {
            var facts = block.facts();
            try {
                var key = root.unwrap(block.wrapped(), facts.context());
                indexKeys.put(facts.epoch(), HexFormat.of().formatHex(key));
                for (var page : image) {
                    openIndex(facts, key, page);
                }
            } catch (AEADBadTagException e) {
                throw new AssertionError("A whole place of a root file does not open", e);
            }
        }

        private void openIndex(RootBlock.Facts facts, byte[] key, byte[] page) {
            try {
                var index =
                        Page.open(
                                key,
                                Page.INDEX_KIND,
                                Page.INDEX_POSITION,
                                facts.epoch(),
                                facts.installation(),
                                page);
                Index.decode(index)
                        .partitions()
                        .forEach((id, ref) -> openPages(facts.installation(), id, ref));
            } catch (AEADBadTagException e) {
                // Another page.
            }
        }

        private void openPages(UUID installation, PartitionId id, PageRef ref) {
            if (!(id instanceof PartitionId.Trees)) {
                return;
            }
            pageKeys.add(HexFormat.of().formatHex(ref.key()));
            for (var page : image) {
                try {
                    rows.addAll(
                            TreeRow.decode(
                                    Page.open(
                                            ref.key(),
                                            id.kind(),
                                            id.position(),
                                            ref.epoch,
                                            installation,
                                            page)));
                } catch (AEADBadTagException e) {
                    // Another page.
                }
            }
        }

        Map<Long, String> indexKeys() {
            return indexKeys;
        }

        Set<String> pageKeys() {
            return pageKeys;
        }

        boolean derives(int slot) {
            return rows.stream()
                    .filter(row -> row.camera().equals(Keys.CAMERA))
                    .anyMatch(row -> row.nodes().leaf(slot).isPresent());
        }

        long pages() {
            return image.stream().filter(bytes -> Page.toldEpoch(bytes) > 0).count();
        }
    }
}
