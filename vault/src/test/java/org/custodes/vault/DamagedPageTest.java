package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A byte of the key store that went bad.
class DamagedPageTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final TreeId TOMORROW = new TreeId(Keys.CAMERA, 0, Keys.DAY.plusDays(1), 0);

    @TempDir Path folder;

    @Test
    void a_page_that_went_bad_while_the_recorder_runs_is_read_from_the_other_copy()
            throws IOException {
        var places = List.of(folder.resolve("a"), folder.resolve("b"));
        try (var vault = Keys.vault(folder, places)) {
            vault.prepare(List.of(Keys.TREE));
            var sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
            for (var page : pages(places.getFirst())) {
                flip(page);
            }

            assertThat(Keys.opener(vault).open(sealed)).isEqualTo(FRAME);
            assertThat(vault.check().faults()).hasSize(2);
        }
        try (var vault = Keys.vault(folder, places)) {
            assertThat(vault.check().faults()).isEmpty();
            assertThat(vault.copies().getFirst().told().orElseThrow()).contains("2 of its pages");
        }
    }

    @Test
    void a_page_that_is_whole_in_no_copy_is_told_and_keeps_nobody_from_making_other_keys()
            throws IOException {
        var places = List.of(folder.resolve("a"), folder.resolve("b"));
        Sealed sealed;
        try (var vault = Keys.vault(folder, places)) {
            vault.prepare(List.of(Keys.TREE));
            var before = new HashSet<>(pages(places.getFirst()));
            vault.prepare(List.of(TOMORROW));
            before.retainAll(pages(places.getFirst()));
            sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
            var page = before.iterator().next();
            flip(page);
            flip(places.getLast().resolve("pages").resolve(page.getFileName()));
        }

        try (var vault = Keys.vault(folder, places)) {
            assertThat(vault.check().faults()).hasSize(2);
            assertThatThrownBy(() -> Keys.opener(vault).open(sealed))
                    .isInstanceOf(KeyStoreUnavailableException.class)
                    .hasMessageContaining("Restore one of its copies");
            vault.prepare(List.of(TOMORROW, new TreeId(Keys.OTHER_CAMERA, 1, Keys.DAY, 0)));
            assertThat(vault.copies()).allMatch(CopyState::turned);
            assertThat(vault.days(Keys.OTHER_CAMERA, 1)).containsExactly(Keys.DAY);
        }
    }

    private static List<Path> pages(Path copy) throws IOException {
        try (var pages = Files.list(copy.resolve("pages"))) {
            return pages.toList();
        }
    }

    private static void flip(Path page) throws IOException {
        Files.write(page, Keys.flipped(Files.readAllBytes(page), Page.HEADER_BYTES));
    }
}
