package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.custodes.vault.FragileDisk.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A turn of the key store, stopped between any two of its steps.
class TurnTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final KeyName NAME = new KeyName("device-secret", "front door");
    private static final TreeId YESTERDAY = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 0);

    @TempDir Path folder;

    @Test
    void a_kill_between_any_two_steps_leaves_a_key_store_that_opens() {
        assertThat(everyStop(1, FragileDisk::afterKill)).isGreaterThan(40);
        assertThat(everyStop(2, FragileDisk::afterKill)).isGreaterThan(80);
    }

    @Test
    void a_power_cut_between_any_two_steps_leaves_a_key_store_that_opens() {
        for (var seed = 0; seed < 6; seed++) {
            var chance = new Random(seed);
            assertThat(everyStop(1, disk -> disk.afterPowerCut(chance))).isGreaterThan(40);
            assertThat(everyStop(2, disk -> disk.afterPowerCut(chance))).isGreaterThan(80);
        }
    }

    /// Lives the same life again and again, each time stopped one step later, until it gets through.
    private long everyStop(int copies, UnaryOperator<FragileDisk> crash) {
        for (var steps = 0L; ; steps++) {
            var disk = new FragileDisk();
            disk.killAfter(steps);
            var life = new Life(places(copies), disk);
            var through = life.live();
            life.assertKept(crash.apply(disk));
            if (through) {
                return steps;
            }
        }
    }

    private List<Path> places(int copies) {
        var places = new ArrayList<Path>();
        for (var copy = 0; copy < copies; copy++) {
            places.add(folder.resolve("keys-" + copy));
        }
        return places;
    }

    /// A few turns of every sort, and what they had promised when they were stopped.
    private final class Life {
        private final List<Path> places;
        private final FragileDisk disk;
        private final List<Sealed> mustOpen = new ArrayList<>();
        private final List<Sealed> mustStayShut = new ArrayList<>();
        private final List<byte[]> secrets = new ArrayList<>();
        private long epoch;

        Life(List<Path> places, FragileDisk disk) {
            this.places = places;
            this.disk = disk;
        }

        boolean live() {
            try (var vault = open(disk)) {
                vault.prepare(List.of(YESTERDAY));
                var old = sealed(vault, YESTERDAY);
                vault.prepare(List.of(Keys.TREE));
                epoch = vault.epoch();
                mustOpen.add(sealed(vault, Keys.TREE));
                secrets.add(vault.box(NAME).seal(FRAME, FRAME));
                vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY);
                mustStayShut.add(old);
                epoch = vault.epoch();
                return true;
            } catch (Killed e) {
                return false;
            }
        }

        void assertKept(FragileDisk found) {
            try (var vault = open(found)) {
                assertThat(vault.check().faults()).isEmpty();
                assertThat(vault.epoch()).isGreaterThanOrEqualTo(epoch);
                var opener =
                        vault.opener(
                                Keys.CAMERA,
                                0,
                                Keys.NOON.minusSeconds(90000),
                                Keys.NOON.plusSeconds(60));
                mustOpen.forEach(s -> assertThat(opener.open(s)).isEqualTo(FRAME));
                mustStayShut.forEach(s ->
                        assertThatThrownBy(() -> opener.open(s))
                                .isInstanceOf(CannotOpenException.class));
                secrets.forEach(s -> assertThat(vault.box(NAME).open(s, FRAME)).isEqualTo(FRAME));
                vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
            }
            try (var again = open(found.afterKill())) {
                assertThat(again.check().faults()).isEmpty();
                assertThat(again.days(Keys.OTHER_CAMERA, 0)).containsExactly(Keys.DAY);
            }
        }

        private Vault open(FragileDisk on) {
            return Vault.open(places, RootKey.file(folder.resolve("root.key")), Keys.RANDOM, 0, on);
        }

        private Sealed sealed(Vault vault, TreeId tree) {
            var at = tree.equals(Keys.TREE) ? Keys.NOON : Keys.NOON.minusSeconds(86400);
            return vault.sealer(Keys.pack(tree), 0).seal(Keys.key(at), FRAME);
        }
    }

    @Test
    void a_full_disk_changes_nothing_and_is_got_over() {
        var disk = new FragileDisk();
        var key = RootKey.file(folder.resolve("root.key"));
        try (var vault = Vault.open(places(1), key, Keys.RANDOM, 0, disk)) {
            vault.prepare(List.of(Keys.TREE));
            var epoch = vault.epoch();
            disk.failOn(path -> path.toString().contains("pages"));

            assertThatThrownBy(() -> vault.prepare(List.of(YESTERDAY)))
                    .isInstanceOf(KeyStoreUnavailableException.class)
                    .hasMessageContaining("No space left");
            assertThat(vault.epoch()).isEqualTo(epoch);
            assertThat(vault.copies().getFirst().turned()).isFalse();

            disk.failOn(_ -> false);
            vault.prepare(List.of(YESTERDAY));
            assertThat(vault.days(Keys.CAMERA, 0)).hasSize(2);
            assertThat(vault.check().faults()).isEmpty();
            assertThat(vault.copies().getFirst().turned()).isTrue();
        }
    }

    @Test
    void a_root_file_that_cannot_be_written_changes_nothing() {
        var disk = new FragileDisk();
        var key = RootKey.file(folder.resolve("root.key"));
        try (var vault = Vault.open(places(1), key, Keys.RANDOM, 0, disk)) {
            disk.failOn(path -> path.endsWith("root"));
            assertThatThrownBy(() -> vault.prepare(List.of(YESTERDAY)))
                    .isInstanceOf(KeyStoreUnavailableException.class);
            disk.failOn(_ -> false);
            assertThat(vault.days(Keys.CAMERA, 0)).isEmpty();
            vault.prepare(List.of(Keys.TREE));
            assertThat(vault.check().faults()).isEmpty();
        }
    }

    @Test
    void one_broken_copy_stops_nothing_and_is_renewed_when_it_comes_back() {
        var disk = new FragileDisk();
        var key = RootKey.file(folder.resolve("root.key"));
        var places = places(2);
        try (var vault = Vault.open(places, key, Keys.RANDOM, 0, disk)) {
            vault.prepare(List.of(Keys.TREE));
            disk.failOn(path -> path.startsWith(places.get(1)));

            vault.prepare(List.of(YESTERDAY));
            vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(true, false);

            disk.failOn(_ -> false);
            vault.box(NAME);
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(true, true);
            assertThat(vault.check().faults()).isEmpty();
        }
        disk.failOn(path -> path.startsWith(places.get(0)));
        try (var vault = Vault.open(places, key, Keys.RANDOM, 0, disk)) {
            assertThat(vault.days(Keys.CAMERA, 0)).hasSize(2);
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(false, true);
        }
    }
}
