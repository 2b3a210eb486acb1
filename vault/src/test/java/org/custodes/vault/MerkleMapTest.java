package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.custodes.vault.MerkleMap.Entry;
import org.junit.jupiter.api.Test;

class MerkleMapTest {
    private static final Hash.Maker HASHES = new Hash.Maker();

    @Property
    void for_every_key_the_root_shows_what_stands_under_it_or_that_nothing_does(
            @ForAll @Size(max = 40) Set<Byte> there, @ForAll Byte other) throws IOException {
        var map = map(there);

        for (var key : there) {
            var path = reread(map.path(key(key)));
            assertThat(path.isThere()).isTrue();
            assertThat(path.root(key(key), value(key), HASHES)).isEqualTo(map.root());
            assertThat(path.root(key(key), Hash.ZEROS, HASHES)).isNotEqualTo(map.root());
        }
        var path = reread(map.path(key(other)));
        assertThat(path.isThere()).isEqualTo(there.contains(other));
        assertThat(path.root(key(other), value(other), HASHES)).isEqualTo(map.root());
    }

    @Property
    void the_root_does_not_depend_on_the_order_or_on_how_it_came_about(
            @ForAll @Size(max = 40) Set<Byte> there, @ForAll byte more) {
        var entries = new ArrayList<>(entries(there));
        Collections.shuffle(entries, new Random(more));
        var root = map(there).root();

        assertThat(MerkleMap.of(entries, HASHES).root()).isEqualTo(root);
        if (!there.contains(more)) {
            var with = map(there).with(key(more), value(more));
            assertThat(with.root()).isNotEqualTo(root);
            assertThat(with.without(key(more)).root()).isEqualTo(root);
        }
    }

    /// Computed with Python's hashlib by `docs/formats/destruction.md` alone.
    @Test
    void the_root_is_the_documented_one() {
        var left = new Hash(bytes(0x11));
        var right = new Hash(bytes(0x91));
        var map =
                MerkleMap.of(
                        List.of(
                                Entry.of(right, new Hash(bytes(2)), HASHES),
                                Entry.of(left, new Hash(bytes(1)), HASHES)),
                        HASHES);

        assertThat(map.root().hex()).isEqualTo(OF_TWO);
        assertThat(map.without(left).root().hex()).isEqualTo(OF_ONE);
        assertThat(map.without(left).without(right).root().hex()).isEqualTo("00".repeat(32));
    }

    private static final String OF_TWO =
            "37d3b379ff5ca4f4f6ea21f14082c58f9d3d5136b23a65325563691c9b9a4305";
    private static final String OF_ONE =
            "9156121a109ca20036c236d9085b6a4df4bc3fe54eacf780974e2f22dc74ec3f";

    @Test
    void a_key_that_is_there_cannot_be_shown_to_be_missing_by_its_neighbour() {
        var map = map(Set.of((byte) 0x11, (byte) 0x91));
        var ofNeighbour = map.path(key((byte) 0x90));
        assertThat(ofNeighbour.isThere()).isFalse();

        assertThatThrownBy(() -> ofNeighbour.root(key((byte) 0x91), Hash.ZEROS, HASHES))
                .isInstanceOf(BadProofException.class);
        assertThatThrownBy(() -> ofNeighbour.root(key((byte) 0x11), Hash.ZEROS, HASHES))
                .isInstanceOf(BadProofException.class);
    }

    @Test
    void thousand_keys_that_are_hashes_are_shown_in_a_dozen_or_two_of_steps() {
        var entries = new ArrayList<Entry>();
        for (var i = 0; i < 1000; i++) {
            var key = HASHES.of(ByteBuffer.allocate(4).putInt(i).array());
            entries.add(Entry.of(key, key, HASHES));
        }
        var map = MerkleMap.of(entries, HASHES);

        for (var entry : entries) {
            var path = map.path(entry.key());
            assertThat(path.siblings().size()).isLessThan(40);
            assertThat(path.root(entry.key(), entry.value(), HASHES)).isEqualTo(map.root());
        }
    }

    private static MerkleMap map(Set<Byte> keys) {
        return MerkleMap.of(entries(keys), HASHES);
    }

    private static List<Entry> entries(Set<Byte> keys) {
        return keys.stream().map(each -> Entry.of(key(each), value(each), HASHES)).toList();
    }

    /// Keys that share long beginnings: they differ in one byte in the middle.
    private static Hash key(byte key) {
        var bytes = new byte[Hash.BYTES];
        bytes[0] = (byte) (key & 0x80);
        bytes[16] = key;
        return new Hash(bytes);
    }

    private static Hash value(byte key) {
        return HASHES.of(new byte[] {key});
    }

    private static byte[] bytes(int each) {
        return HexFormat.of().parseHex("%02x".formatted(each).repeat(Hash.BYTES));
    }

    private static MerklePath reread(MerklePath path) throws IOException {
        var bytes = new ByteArrayOutputStream();
        path.write(new DataOutputStream(bytes));
        var in = ByteBuffer.wrap(bytes.toByteArray());
        var read = MerklePath.read(in);
        assertThat(in.hasRemaining()).isFalse();
        return read;
    }
}
