package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final byte[] FRAME = Keys.text("frame");

    @TempDir Path folder;

    @Test
    void what_was_sealed_opens_after_a_restart() {
        Sealed sealed;
        java.util.UUID installation;
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE));
            sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
            installation = vault.installation();
        }

        try (var vault = Keys.vault(folder)) {
            assertThat(Keys.opener(vault).open(sealed)).isEqualTo(FRAME);
            assertThat(vault.installation()).isEqualTo(installation);
        }
    }

    @Test
    void fifty_cameras_at_midnight_are_one_turn_and_known_trees_are_none() {
        var trees =
                IntStream.range(0, 50)
                        .mapToObj(i -> new TreeId(new java.util.UUID(0, i), 0, Keys.DAY, 0))
                        .toList();
        try (var vault = Keys.vault(folder)) {
            var before = vault.epoch();

            vault.prepare(trees);
            vault.prepare(trees);

            assertThat(vault.epoch()).isEqualTo(before + 1);
            assertThat(vault.check().trees()).isEqualTo(50);
        }
    }

    @Test
    void a_tree_that_was_not_prepared_seals_nothing() {
        try (var vault = Keys.vault(folder)) {
            assertThatThrownBy(() -> vault.sealer(Keys.pack(Keys.TREE), 0))
                    .isInstanceOf(NoKeyException.class)
                    .hasMessageContaining("Prepare");
        }
    }

    @Test
    void dropped_days_are_gone_and_other_cameras_classes_and_days_are_untouched() {
        var old = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 0);
        var oldEra = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 1);
        var veiled = new TreeId(Keys.CAMERA, 1, Keys.DAY.minusDays(1), 0);
        var other = new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY.minusDays(1), 0);
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE, old, oldEra, veiled, other));

            vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY);

            assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(Keys.DAY);
            assertThat(vault.days(Keys.CAMERA, 1)).containsExactly(old.day());
            assertThat(vault.days(Keys.OTHER_CAMERA, 0)).containsExactly(old.day());
            var epoch = vault.epoch();
            vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY);
            assertThat(vault.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void a_turn_leaves_no_page_and_no_wrapped_key_of_the_epoch_before() throws IOException {
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE));
            var before = pages();
            var oldRoot = Files.readAllBytes(folder.resolve("keys/root"));
            var oldWrapped = RootBlock.parse(first(oldRoot)).orElseThrow().wrapped();

            vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));

            var root = HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("keys/root")));
            assertThat(root).doesNotContain(HexFormat.of().formatHex(oldWrapped));
            assertThat(pages()).doesNotContainAnyElementsOf(before).hasSize(1);
        }
    }

    private List<String> pages() throws IOException {
        try (var files = Files.list(folder.resolve("keys/pages"))) {
            return files.map(Path::toString).toList();
        }
    }

    private static byte[] first(byte[] root) {
        return java.util.Arrays.copyOf(root, RootBlock.SIZE);
    }

    @Test
    void a_copy_that_missed_an_epoch_is_refused_and_renewed() throws IOException {
        var places = List.of(folder.resolve("a"), folder.resolve("b"));
        var backup = folder.resolve("backup");
        try (var vault = Keys.vault(folder, places)) {
            vault.prepare(List.of(Keys.TREE));
        }
        copy(places.get(1), backup);
        try (var vault = Keys.vault(folder, places)) {
            vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));
        }
        copy(backup, places.get(1));

        try (var vault = Keys.vault(folder, places)) {
            assertThat(vault.days(Keys.CAMERA, 0)).isEmpty();
            assertThat(vault.copies().get(1).told().orElseThrow())
                    .contains("held epoch 2")
                    .contains("missed 3");
            assertThat(vault.check().faults()).isEmpty();
        }
        try (var vault = Keys.vault(folder, List.of(places.get(1)))) {
            assertThat(vault.epoch()).isEqualTo(3);
        }
    }

    @Test
    void all_copies_rolled_back_together_are_refused_by_the_epoch_on_record() throws IOException {
        var keys = folder.resolve("keys");
        long onRecord;
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE));
        }
        copy(keys, folder.resolve("backup"));
        try (var vault = Keys.vault(folder)) {
            vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY.plusDays(1));
            onRecord = vault.epoch();
        }
        copy(folder.resolve("backup"), keys);

        var root = RootKey.file(folder.resolve("root.key"));
        assertThatThrownBy(() -> Vault.open(List.of(keys), root, Keys.RANDOM, onRecord))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("old copy");
    }

    @Test
    void copies_that_were_used_apart_are_refused() {
        var a = folder.resolve("a");
        var b = folder.resolve("b");
        Keys.vault(folder, List.of(a, b)).close();
        for (var alone : List.of(a, b)) {
            try (var vault = Keys.vault(folder, List.of(alone))) {
                vault.prepare(List.of(Keys.TREE));
            }
        }

        assertThatThrownBy(() -> Keys.vault(folder, List.of(a, b)))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("different ways");
    }

    @Test
    void key_stores_of_two_installations_are_refused() {
        Keys.vault(folder, List.of(folder.resolve("a"))).close();
        Keys.vault(folder, List.of(folder.resolve("b"))).close();

        assertThatThrownBy(
                        () -> Keys.vault(folder, List.of(folder.resolve("a"), folder.resolve("b"))))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("installations");
    }

    @Test
    void a_key_store_without_its_root_file_is_not_taken_for_a_new_one() throws IOException {
        try (var vault = Keys.vault(folder)) {
            vault.prepare(List.of(Keys.TREE));
        }
        Files.delete(folder.resolve("keys/root"));

        assertThatThrownBy(() -> Keys.vault(folder))
                .isInstanceOf(KeyStoreRefusedException.class)
                .hasMessageContaining("Restore a copy");
    }

    @Test
    void one_place_of_the_root_file_may_be_destroyed() throws IOException {
        for (var place = 0; place < 2; place++) {
            try (var vault = Keys.vault(folder)) {
                vault.prepare(List.of(Keys.TREE));
            }
            var root = Files.readAllBytes(folder.resolve("keys/root"));
            java.util.Arrays.fill(root, place * 4096 + 20, place * 4096 + 2000, (byte) 7);
            Files.write(folder.resolve("keys/root"), root);

            try (var vault = Keys.vault(folder)) {
                assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(Keys.DAY);
                assertThat(vault.check().faults()).isEmpty();
            }
        }
    }

    @Test
    void a_damaged_page_is_found_by_check_and_read_from_the_other_copy() throws IOException {
        var places = List.of(folder.resolve("a"), folder.resolve("b"));
        try (var vault = Keys.vault(folder, places)) {
            vault.prepare(List.of(Keys.TREE));
            try (var files = Files.list(places.getFirst().resolve("pages"))) {
                for (var page : files.toList()) {
                    var bytes = Files.readAllBytes(page);
                    Files.write(page, Keys.flipped(bytes, bytes.length - 1));
                }
            }

            assertThat(vault.check().faults())
                    .isNotEmpty()
                    .allMatch(fault -> fault.contains(places.getFirst().toString()));
            assertThat(vault.days(Keys.CAMERA, 0)).containsExactly(Keys.DAY);
        }
        Files.delete(places.getFirst().resolve("root"));
        try (var vault = Keys.vault(folder, places)) {
            assertThat(vault.check().faults()).isEmpty();
        }
    }

    @Test
    void a_key_store_in_use_is_refused() {
        try (var vault = Keys.vault(folder)) {
            assertThat(vault.epoch()).isEqualTo(1);
            assertThatThrownBy(() -> Keys.vault(folder))
                    .isInstanceOf(KeyStoreRefusedException.class)
                    .hasMessageContaining("in use");
        }
        Keys.vault(folder).close();
    }

    @Test
    void a_closed_vault_says_so() {
        var vault = Keys.vault(folder);
        vault.close();

        assertThatThrownBy(() -> vault.prepare(List.of(Keys.TREE)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rows_can_hold_punctured_trees_and_copies_for_holds() {
        var whole = KeyTree.grow(Keys.RANDOM);
        var left = new java.util.ArrayList<>(whole.cover(0, 100).nodes());
        left.addAll(whole.cover(130, 1 << KeyTree.DEPTH).nodes());
        var punctured = TreeRow.tree(Keys.TREE, new KeyTree(KeyTree.DEPTH, left));
        var hold =
                new TreeRow(
                        Keys.CAMERA,
                        0,
                        TreeRow.COPY,
                        new java.util.UUID(1, 2),
                        TreeRow.NEVER,
                        whole.cover(100, 130));

        var read = TreeRow.decode(TreeRow.encode(List.of(hold, punctured)));

        assertThat(read).extracting(TreeRow::kind).containsExactly(TreeRow.TREE, TreeRow.COPY);
        assertThat(read.getFirst().nodes().leaf(99)).contains(whole.leaf(99).orElseThrow());
        assertThat(read.getFirst().nodes().leaf(115)).isEmpty();
        assertThat(read.getLast().nodes().leaf(115)).contains(whole.leaf(115).orElseThrow());
        assertThat(read.getLast().expiresSecond()).isEqualTo(TreeRow.NEVER);
        assertThat(read.getLast().holder()).isEqualTo(hold.holder());
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (var old = Files.walk(to)) {
                for (var path : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (var files = Files.walk(from)) {
            for (var path : files.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
