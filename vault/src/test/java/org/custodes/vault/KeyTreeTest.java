package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.custodes.vault.KeyTree.Node;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private static final int SMALL = 4;
    private static final int LEAVES = 1 << SMALL;

    @Test
    void every_interval_of_a_small_tree_delegates_its_leaves_and_no_others() {
        var tree = small();
        var table = naive(tree);

        for (var from = 0; from <= LEAVES; from++) {
            for (var to = from; to <= LEAVES; to++) {
                assertLeaves(tree.cover(from, to), table, from, to);
            }
        }
    }

    @Test
    void every_interval_cut_out_of_a_small_tree_is_gone_and_the_rest_is_untouched() {
        var tree = small();
        var table = naive(tree);

        for (var from = 0; from <= LEAVES; from++) {
            for (var to = from; to <= LEAVES; to++) {
                var left = tree.without(from, to);
                for (var leaf = 0; leaf < LEAVES; leaf++) {
                    if (leaf >= from && leaf < to) {
                        assertThat(left.leaf(leaf)).isEmpty();
                    } else {
                        assertThat(left.leaf(leaf)).contains(table.get(leaf));
                    }
                }
            }
        }
    }

    @Property
    void a_leaf_is_derivable_exactly_if_no_cut_went_through_it(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 8639) Integer> cuts,
            @ForAll @IntRange(min = 1, max = 60) int length) {
        var tree = KeyTree.grow(Keys.RANDOM);
        var whole = tree;
        var gone = new boolean[1 << KeyTree.DEPTH];
        for (var cut : cuts) {
            var end = Math.min(Slot.PER_DAY, cut + length);
            tree = tree.without(cut, end);
            java.util.Arrays.fill(gone, cut, end, true);
        }

        for (var leaf = 0; leaf < Slot.PER_DAY; leaf += 61) {
            if (gone[leaf]) {
                assertThat(tree.leaf(leaf)).isEmpty();
            } else {
                assertThat(tree.leaf(leaf).orElseThrow()).isEqualTo(whole.leaf(leaf).orElseThrow());
            }
        }
    }

    @Property
    void one_cut_leaves_at_most_twenty_six_nodes(
            @ForAll @IntRange(min = 0, max = 8639) int from,
            @ForAll @IntRange(min = 1, max = 8640) int length) {
        var tree = KeyTree.grow(Keys.RANDOM);

        var left = tree.without(from, Math.min(Slot.PER_DAY, from + length));

        assertThat(left.nodes().size()).isLessThanOrEqualTo(2 * (KeyTree.DEPTH - 1));
    }

    @Test
    void the_derivation_is_the_documented_hmac() {
        var tree = new KeyTree(1, List.of(new Node(0, 0, new byte[32])));

        // HMAC-SHA-256(32 zero bytes, "vms-ggm-v1" || 01 || 00), computed with Python's hmac.
        assertThat(HexFormat.of().formatHex(tree.leaf(0).orElseThrow())).isEqualTo(CHILD_OF_ZEROS);
    }

    private static final String CHILD_OF_ZEROS =
            "c6679484b02c191a19f65341d6cf300221d3c64dfd8029621a979f80c7e9fd4a";

    @Test
    void a_tree_derives_what_lies_below_its_nodes_and_no_node_of_another_tree() {
        var tree = small();
        var left = tree.without(4, 5);

        assertThat(left.derives(tree.cover(6, 8).nodes().getFirst())).isTrue();
        assertThat(left.derives(tree.cover(4, 5).nodes().getFirst())).isFalse();
        assertThat(left.derives(tree.cover(0, 16).nodes().getFirst())).isFalse();
        assertThat(left.derives(small().cover(6, 8).nodes().getFirst())).isFalse();
    }

    @Test
    void overlapping_nodes_are_refused() {
        var nodes = List.of(new Node(1, 0, new byte[32]), new Node(2, 1, new byte[32]));

        assertThatThrownBy(() -> new KeyTree(SMALL, nodes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_delegated_tree_survives_the_wiping_of_the_one_it_came_from() {
        var tree = small();
        var table = naive(tree);
        var part = tree.cover(3, 9);

        tree.wipe();

        assertLeaves(part, table, 3, 9);
    }

    private static KeyTree small() {
        var root = new byte[32];
        Keys.RANDOM.nextBytes(root);
        return new KeyTree(SMALL, List.of(new Node(0, 0, root)));
    }

    /// Every leaf's key, each derived on its own.
    private static Map<Integer, byte[]> naive(KeyTree tree) {
        var table = new HashMap<Integer, byte[]>();
        for (var leaf = 0; leaf < LEAVES; leaf++) {
            table.put(leaf, tree.leaf(leaf).orElseThrow());
        }
        assertThat(table.values().stream().map(HexFormat.of()::formatHex).distinct())
                .hasSize(LEAVES);
        return table;
    }

    private static void assertLeaves(KeyTree part, Map<Integer, byte[]> table, int from, int to) {
        for (var leaf = 0; leaf < LEAVES; leaf++) {
            if (leaf >= from && leaf < to) {
                assertThat(part.leaf(leaf)).contains(table.get(leaf));
            } else {
                assertThat(part.leaf(leaf)).isEmpty();
            }
        }
    }
}
