package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one record leaves the next one uses, and never while anybody looks at it.
class RecordMemoryTest {
    private final RecordMemory memory = new RecordMemory(64 * 1024);

    @TempDir Path folder;
    private Vault vault;

    @BeforeEach
    void open() {
        vault = Keys.vault(folder);
        vault.prepare(List.of(Keys.TREE));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void what_came_back_is_given_out_again() {
        var first = memory.take(5_000);
        memory.giveBack(first);

        assertThat(memory.take(5_100)).isSameAs(first);
        assertThat(memory.take(5_100)).isNotSameAs(first);
    }

    @Test
    void an_array_is_a_quarter_longer_than_asked_at_most() {
        for (var size = 1; size < 100_000; size += 7) {
            assertThat(memory.take(size).length)
                    .isBetween(size, Math.max(4_096, size + size / 4 + 1));
        }
        assertThat(memory.take(RecordHeader.MAX_BODY)).hasSize(RecordHeader.MAX_BODY);
    }

    @Test
    void no_more_lies_idle_than_may() {
        var first = memory.take(40_000);
        var second = memory.take(40_000);
        memory.giveBack(first);
        memory.giveBack(second);

        assertThat(memory.take(40_000)).isSameAs(first);
        assertThat(memory.take(40_000)).isNotSameAs(second);
    }

    @Test
    void what_nobody_needed_for_a_minute_is_let_go() {
        var now = new AtomicLong();
        var own = new RecordMemory(1 << 20, now::get);
        takeAtOnce(own, 10).forEach(own::giveBack);
        var all = own.idleBytes();

        passMinute(own, now, 3);
        assertThat(own.idleBytes()).as("all were needed in the minute that ended").isEqualTo(all);
        for (var minute = 0; minute < 10; minute++) {
            passMinute(own, now, 3);
            assertThat(own.idleBytes()).isEqualTo(3 * all / 10);
        }
    }

    private static List<byte[]> takeAtOnce(RecordMemory memory, int records) {
        return Stream.generate(() -> memory.take(40_000)).limit(records).toList();
    }

    /// So many records are sealed in it, and let go when it is over.
    private static void passMinute(RecordMemory memory, AtomicLong now, int records) {
        var taken = takeAtOnce(memory, records);
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        taken.forEach(memory::giveBack);
    }

    @Test
    void records_in_borrowed_memory_open_like_others() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0, memory);
        var opener = Keys.opener(vault);
        var random = new Random(7);
        for (var i = 0; i < 200; i++) {
            var prefix = new byte[random.nextInt(20)];
            var picture = new byte[random.nextInt(30_000)];
            random.nextBytes(prefix);
            random.nextBytes(picture);
            var sealed = sealer.seal(Keys.frame(Keys.NOON, i % 9 == 0), prefix, picture);

            var opened = opener.open(sealed);
            assertThat(Arrays.copyOf(opened, prefix.length)).isEqualTo(prefix);
            assertThat(Arrays.copyOfRange(opened, prefix.length, opened.length)).isEqualTo(picture);
            sealed.letGo();
            sealed.letGo();
        }
    }

    @Test
    void memory_is_used_again_only_when_both_have_let_go() {
        var sealer = vault.sealer(Keys.pack(Keys.TREE), 0, memory);
        var first = sealer.seal(Keys.key(Keys.NOON), new byte[9_000]);
        first.letGo();
        var second = sealer.seal(Keys.follower(Keys.NOON.plusMillis(40)), new byte[9_000]);
        first.letGo();
        var third = sealer.seal(Keys.follower(Keys.NOON.plusMillis(80)), new byte[9_000]);

        assertThat(second.array()).isNotSameAs(first.array());
        assertThat(third.array()).isSameAs(first.array());
    }
}
