package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestructionProofTest {
    /// Magic, version, installation and epochs: that these are true, whoever signs vouches for.
    private static final int VOUCHED = 8 + 2 + 16 + 8 + 8;

    @TempDir Path folder;
    private byte[] proof;

    @BeforeEach
    void puncture() {
        try (var vault = Keys.vault(folder)) {
            vault.prepare(
                    List.of(
                            Keys.TREE,
                            new TreeId(Keys.CAMERA, 0, Keys.DAY, 2),
                            new TreeId(Keys.CAMERA, 0, Keys.DAY.plusDays(1), 0),
                            new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0),
                            new TreeId(new UUID(5, 5), 0, Keys.DAY, 0),
                            new TreeId(Keys.OTHER_CAMERA, 1, Keys.DAY, 0)));
            var slots =
                    Slots.covering(
                            Keys.NOON.plusSeconds(43_200 - 20), Keys.NOON.plusSeconds(43_230));
            proof =
                    vault.puncture(
                                    new Puncture(
                                            UUID.randomUUID(), Keys.CAMERA, Set.of(0, 1), slots))
                            .proof()
                            .bytes();
        }
    }

    @Test
    void it_reads_again_as_it_was_and_holds() {
        var read = DestructionProof.read(proof);

        assertThat(read.bytes()).isEqualTo(proof);
        assertThat(read.faults()).isEmpty();
        assertThat(read.places()).hasSize(4);
        assertThat(read.places().getFirst().removed()).hasSize(2);
        assertThat(read.places().get(3).before()).isEmpty();
        assertThat(read.places().get(2).before()).isEmpty();
    }

    @Test
    void whatever_byte_of_it_is_changed_it_proves_nothing() {
        for (var at = VOUCHED; at < proof.length; at++) {
            assertThat(holds(Keys.flipped(proof, at))).as("byte %d", at).isFalse();
        }
    }

    @Test
    void cut_off_or_followed_by_something_it_is_none() {
        for (var length = 0; length < proof.length; length++) {
            var cut = Arrays.copyOf(proof, length);
            assertThatThrownBy(() -> DestructionProof.read(cut))
                    .isInstanceOf(BadProofException.class);
        }
        assertThatThrownBy(() -> DestructionProof.read(Arrays.copyOf(proof, proof.length + 1)))
                .isInstanceOf(BadProofException.class);
    }

    @Test
    void it_tells_nothing_of_other_cameras_but_hashes() {
        for (var camera : List.of(Keys.OTHER_CAMERA, new UUID(5, 5))) {
            assertThat(contains(proof, Uuids.bytes(camera))).isFalse();
        }
    }

    @Test
    void a_table_that_changed_without_a_new_epoch_is_told() {
        var same = proof.clone();
        System.arraycopy(same, 8 + 2 + 16, same, 8 + 2 + 16 + 8, 8);

        assertThat(DestructionProof.read(same).faults())
                .containsExactly("The table changed without a new epoch");
    }

    private static boolean holds(byte[] changed) {
        try {
            return DestructionProof.read(changed).faults().isEmpty();
        } catch (BadProofException e) {
            return false;
        }
    }

    private static boolean contains(byte[] where, byte[] what) {
        for (var at = 0; at + what.length <= where.length; at++) {
            if (Arrays.equals(where, at, at + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }
}
