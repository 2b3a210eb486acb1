package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.custodes.vault.CannotOpenException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
    private static final byte[] FRAME = Keys.text("a picture that nobody may see");

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(
                List.of(
                        Keys.TREE,
                        new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0),
                        new TreeId(Keys.CAMERA, 0, Keys.DAY, 1),
                        new TreeId(Keys.CAMERA, 0, Keys.DAY.plusDays(1), 0)));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void what_was_sealed_opens_again() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 1);
        var first = sealer.seal(Keys.key(Keys.NOON), FRAME);
        var second = sealer.seal(Keys.follower(Keys.NOON.plusMillis(40)), new byte[0]);

        var opener = Keys.opener(vault);

        assertThat(opener.open(first)).isEqualTo(FRAME);
        assertThat(opener.open(second)).isEmpty();
        assertThat(first.header().number()).isZero();
        assertThat(second.header().number()).isEqualTo(1);
        assertThat(first.header().key()).isTrue();
        assertThat(first.header().stream()).isEqualTo(1);
        assertThat(new String(first.body(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("picture");
    }

    @Test
    void every_flipped_byte_of_body_commitment_and_pack_header_is_refused() {
        var sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
        var pack = sealed.pack();
        var forged = new ArrayList<Sealed>();
        for (var i = 0; i < sealed.body().length; i++) {
            forged.add(
                    new Sealed(
                            pack,
                            sealed.header(),
                            sealed.commitment(),
                            Keys.flipped(sealed.body(), i)));
        }
        for (var i = 0; i < sealed.commitment().length; i++) {
            var commitment = Keys.flipped(sealed.commitment(), i);
            forged.add(new Sealed(pack, sealed.header(), commitment, sealed.body()));
        }
        for (var i = 0; i < pack.header().length; i++) {
            var other = new PackBinding(pack.packId(), pack.tree(), Keys.flipped(pack.header(), i));
            forged.add(new Sealed(other, sealed.header(), sealed.commitment(), sealed.body()));
        }

        var opener = Keys.opener(vault);
        assertThat(forged)
                .allSatisfy(f -> assertThat(refusal(opener, f)).isEqualTo(Reason.ALTERED));
    }

    @Test
    void every_flipped_byte_of_the_record_header_is_refused() {
        var sealed = vault.sealer(Keys.pack(Keys.TREE), 3).seal(Keys.key(Keys.NOON), FRAME);
        var bytes = sealed.header().encode(sealed.body().length);

        for (var i = 0; i < bytes.length; i++) {
            var flipped = Keys.flipped(bytes, i);
            assertThatThrownBy(() -> RecordHeader.parse(flipped, 0))
                    .isInstanceOf(BadRecordHeaderException.class);
        }
    }

    @Test
    void a_changed_header_with_a_right_checksum_is_refused_by_the_seal() {
        var sealed = vault.sealer(Keys.pack(Keys.TREE), 3).seal(Keys.key(Keys.NOON), FRAME);
        var h = sealed.header();
        var forged =
                List.of(
                        header(h, 4, h.number(), h.slot(), h.wallMicros(), h.flags()),
                        header(h, 3, h.number() + 1, h.slot(), h.wallMicros(), h.flags()),
                        header(h, 3, h.number(), h.slot() + 1, h.wallMicros(), h.flags()),
                        header(h, 3, h.number(), h.slot(), h.wallMicros() + 1, h.flags()),
                        header(h, 3, h.number(), h.slot(), h.wallMicros(), RecordHeader.DAMAGED),
                        new RecordHeader(
                                3, 0, h.slot(), h.wallMicros(), 1, RecordHeader.UNTOLD, h.flags()),
                        new RecordHeader(
                                3, 0, h.slot(), h.wallMicros(), h.mediaTime(), 0, h.flags()));

        var opener = Keys.opener(vault);
        assertThat(forged)
                .allSatisfy(f ->
                        assertThat(
                                        refusal(
                                                opener,
                                                new Sealed(
                                                        sealed.pack(),
                                                        f,
                                                        sealed.commitment(),
                                                        sealed.body())))
                                .isEqualTo(Reason.ALTERED));
    }

    private static RecordHeader header(
            RecordHeader h, int stream, long number, int slot, long wall, int flags) {
        return new RecordHeader(stream, number, slot, wall, h.mediaTime(), h.cameraMicros(), flags);
    }

    @Test
    void records_moved_between_packs_cameras_days_or_eras_are_refused() {
        var sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);
        var pack = sealed.pack();
        var elsewhere =
                List.of(
                        new PackBinding(Uuids.random(Keys.RANDOM), pack.tree(), pack.header()),
                        moved(pack, new TreeId(Keys.CAMERA, 0, Keys.DAY, 1)),
                        moved(pack, new TreeId(Keys.CAMERA, 0, Keys.DAY.plusDays(1), 0)),
                        moved(pack, new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
        var ours = vault.opener(Keys.CAMERA, 0, Instant.EPOCH, Instant.MAX);
        var theirs = vault.opener(Keys.OTHER_CAMERA, 0, Instant.EPOCH, Instant.MAX);

        for (var binding : elsewhere) {
            var forged = new Sealed(binding, sealed.header(), sealed.commitment(), sealed.body());
            var opener = binding.tree().camera().equals(Keys.CAMERA) ? ours : theirs;
            assertThat(refusal(opener, forged)).isEqualTo(Reason.ALTERED);
        }
    }

    private static PackBinding moved(PackBinding pack, TreeId tree) {
        return new PackBinding(pack.packId(), tree, pack.header());
    }

    @Test
    void swapped_bodies_are_refused() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        var first = sealer.seal(Keys.key(Keys.NOON), FRAME);
        var second = sealer.seal(Keys.follower(Keys.NOON), FRAME);

        var swapped = new Sealed(first.pack(), first.header(), first.commitment(), second.body());

        assertThat(refusal(Keys.opener(vault), swapped)).isEqualTo(Reason.ALTERED);
    }

    @Test
    void hostile_body_lengths_are_refused() {
        var sealed = vault.sealer(Keys.pack(Keys.TREE), 0).seal(Keys.key(Keys.NOON), FRAME);

        var cut = new Sealed(sealed.pack(), sealed.header(), sealed.commitment(), new byte[15]);

        assertThat(refusal(Keys.opener(vault), cut)).isEqualTo(Reason.ALTERED);
    }

    @Test
    void a_record_is_sealed_under_the_slot_in_which_its_gop_began() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        sealer.seal(Keys.key(Keys.NOON.plusSeconds(9)), FRAME);

        var soon = sealer.seal(Keys.follower(Keys.NOON.plusSeconds(12)), FRAME);
        var atBound = sealer.seal(Keys.follower(Keys.NOON.plusSeconds(69)), FRAME);
        var later = sealer.seal(Keys.follower(Keys.NOON.plusSeconds(70)), FRAME);
        var next = sealer.seal(Keys.key(Keys.NOON.plusSeconds(75)), FRAME);

        assertThat(List.of(soon, atBound, later, next))
                .extracting(s -> s.header().slot())
                .containsExactly(4320, 4320, 4327, 4327);
    }

    @Test
    void a_frame_of_another_day_does_not_fit() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        var midnight = Instant.parse("2026-11-23T00:00:00Z");
        sealer.seal(Keys.key(midnight.minusSeconds(1)), FRAME);

        // The rest of a GOP that began before midnight belongs to the old day still.
        assertThat(sealer.fits(Keys.follower(midnight.plusSeconds(5)))).isTrue();
        assertThat(sealer.fits(Keys.key(midnight.plusSeconds(5)))).isFalse();
        assertThat(sealer.fits(Keys.follower(midnight.plusSeconds(60)))).isFalse();
        assertThatThrownBy(() -> sealer.seal(Keys.key(midnight), FRAME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("end the pack");
    }

    @Test
    void a_sealer_cannot_reach_back_into_its_own_past() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        sealer.seal(Keys.key(Keys.NOON), FRAME);

        assertThatThrownBy(() -> sealer.seal(Keys.key(Keys.NOON.minusSeconds(300)), FRAME))
                .isInstanceOf(NoKeyException.class);
    }

    @Test
    void the_end_record_seals_count_and_tags() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
        var records =
                List.of(
                        sealer.seal(Keys.key(Keys.NOON), FRAME),
                        sealer.seal(Keys.follower(Keys.NOON.plusSeconds(15)), FRAME));
        var end = sealer.end(Keys.micros(Keys.NOON.plusSeconds(16)));

        var seal = EndSeal.parse(Keys.opener(vault).open(end));

        assertThat(end.header().end()).isTrue();
        assertThat(end.header().number()).isEqualTo(2);
        assertThat(end.header().slot()).isEqualTo(4320);
        assertThat(seal.count()).isEqualTo(2);
        assertThat(seal.covers(tally(records))).isTrue();
        assertThat(seal.covers(tally(records.reversed()))).isFalse();
        assertThat(seal.covers(tally(records.subList(0, 1)))).isFalse();
        assertThatThrownBy(() -> sealer.seal(Keys.key(Keys.NOON), FRAME))
                .isInstanceOf(IllegalStateException.class);
    }

    private static EndSeal.Tally tally(List<Sealed> records) {
        var tally = new EndSeal.Tally();
        records.forEach(record -> tally.add(record));
        return tally;
    }

    @Test
    void an_empty_pack_can_end_too() {
        var end = vault.sealer(Keys.pack(Keys.TREE), 0).end(Keys.micros(Keys.NOON));

        var seal = EndSeal.parse(Keys.opener(vault).open(end));

        assertThat(seal.covers(new EndSeal.Tally())).isTrue();
    }

    @Test
    void no_two_packs_and_no_two_slots_share_a_key() {
        var commitments = new HashSet<String>();
        for (var pack = 0; pack < 50; pack++) {
            var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);
            for (var slot = 0; slot < 5; slot++) {
                var at = Keys.NOON.plusSeconds(10L * slot);
                var sealed = sealer.seal(Keys.key(at), FRAME);
                commitments.add(HexFormat.of().formatHex(sealed.commitment()));
            }
        }

        assertThat(commitments).hasSize(50 * 5);
    }

    @Test
    void a_number_is_used_once_within_a_pack() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);

        var numbers = new ArrayList<Long>();
        for (var i = 0; i < 100; i++) {
            numbers.add(sealer.seal(Keys.frame(Keys.NOON, i % 9 == 0), FRAME).header().number());
        }

        assertThat(numbers).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void an_oversized_frame_is_refused_and_uses_no_number() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0);

        assertThatThrownBy(() -> sealer.seal(Keys.key(Keys.NOON), new byte[RecordHeader.MAX_BODY]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(sealer.seal(Keys.key(Keys.NOON), FRAME).header().number()).isZero();
    }

    @Test
    void header_bytes_come_back_as_they_were() {
        var header = new RecordHeader(255, 7, 8639, -5, Long.MAX_VALUE, RecordHeader.UNTOLD, 3);
        var bytes = new byte[RecordHeader.SIZE + 10];
        System.arraycopy(header.encode(99), 0, bytes, 10, RecordHeader.SIZE);

        assertThat(RecordHeader.parse(bytes, 10)).isEqualTo(new RecordHeader.Parsed(header, 99));
        assertThatThrownBy(() -> RecordHeader.parse(bytes, 11))
                .isInstanceOf(BadRecordHeaderException.class);
    }

    private static Reason refusal(Opener opener, Sealed sealed) {
        return catchThrowableOfType(CannotOpenException.class, () -> opener.open(sealed)).reason();
    }
}
