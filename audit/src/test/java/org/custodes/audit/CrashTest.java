package org.custodes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.custodes.mishap.SimulatedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log after a stop in the middle of a write, and on a disk that fails.
class CrashTest {
    @TempDir Path home;

    @Test
    void a_segment_cut_at_any_byte_ends_at_its_last_whole_entry() throws IOException {
        var bytes = segmentWithThreeEntries();
        var whole = Segment.parse(ByteBuffer.wrap(bytes)).orElseThrow();

        for (var cut = 0; cut <= bytes.length; cut++) {
            var read = Segment.parse(ByteBuffer.wrap(Arrays.copyOf(bytes, cut)));

            var frames = read.map(Segment::frames).orElse(List.of());
            assertThat(frames).isEqualTo(whole.frames().subList(0, frames.size()));
            if (read.isPresent()) {
                assertThat(read.get().torn()).isEqualTo(read.get().length() < cut);
            }
        }
    }

    @Test
    void a_torn_tail_is_kept_aside_cut_off_and_told_in_the_log() throws IOException {
        var bytes = segmentWithThreeEntries();
        var name = "000000000000000-2026-11.audit";
        var header = Segment.parse(ByteBuffer.wrap(bytes)).orElseThrow();
        var headerEnd =
                (int) header.length() - header.frames().stream().mapToInt(Frame::length).sum();

        for (var cut :
                List.of(0, 5, headerEnd - 1, headerEnd + 1, bytes.length - 300, bytes.length - 1)) {
            var folder = Files.createDirectories(home.resolve("cut-at-" + cut));
            Files.write(folder.resolve(name), Arrays.copyOf(bytes, cut));
            try (var ledger = new Ledger(home.resolve("vault-of-" + cut));
                    var log = ledger.open(folder)) {
                var newest = log.read(Query.newest(10)).entries();

                assertThat(newest.getFirst().action()).isEqualTo("audit.tail-cut");
                assertThat(newest).hasSizeLessThan(4);
                assertThat(log.verify()).isInstanceOf(Verification.Holds.class);
            }
            assertThat(folder.resolve(name + ".torn1")).exists();
        }
    }

    @Test
    void a_disk_that_fails_at_any_step_grants_nothing_loses_nothing_and_is_used_again()
            throws IOException {
        for (var step = 1; step <= 16; step++) {
            var disk = new SimulatedDisk();
            try (var ledger = new Ledger(disk.path("home"))) {
                var told = new ArrayList<String>();
                told.add("before");
                ledger.tell("before");
                failOnLog(disk, step, step);

                for (var i = 0; i < 6; i++) {
                    try {
                        ledger.tell("entry " + i);
                        told.add("entry " + i);
                    } catch (AuditUnavailableException refused) {
                        assertThat(refused).hasMessageContaining("nothing is shown or changed");
                    }
                }
                disk.heal();
                ledger.tell("after");
                told.add("after");

                assertThat(ledger.texts()).containsExactlyElementsOf(told.reversed());
                ledger.reopen();
                assertThat(ledger.texts()).containsExactlyElementsOf(told.reversed());
                assertThat(ledger.log().verify()).isInstanceOf(Verification.Holds.class);
            }
        }
    }

    @Test
    void as_long_as_the_disk_fails_every_entry_is_refused() throws IOException {
        var disk = new SimulatedDisk();
        try (var ledger = new Ledger(disk.path("home"))) {
            ledger.tell("before");
            failOnLog(disk, 1, Long.MAX_VALUE);

            for (var i = 0; i < 5; i++) {
                assertThatThrownBy(() -> ledger.tell("refused"))
                        .isInstanceOf(AuditUnavailableException.class);
            }
            disk.heal();
            ledger.tell("after");

            assertThat(ledger.texts()).containsExactly("after", "before");
        }
    }

    @Test
    void an_entry_that_was_acknowledged_survives_a_power_cut_at_every_step() throws IOException {
        var disk = new SimulatedDisk();
        var told = new CopyOnWriteArrayList<String>();
        var cuts = new ConcurrentLinkedQueue<Cut>();
        try (var ledger = new Ledger(disk.path("home"))) {
            disk.afterEachStep(() -> cut(disk, told, cuts));
            for (var i = 0; i < 12; i++) {
                if (i == 6) {
                    ledger.setClock("2026-12-01T00:00:00Z");
                }
                ledger.tell("entry " + i);
                told.add("entry " + i);
            }
            disk.afterEachStep(() -> {});
        }

        assertThat(cuts.size()).isGreaterThan(300);
        for (var cut : cuts) {
            try (var ledger = new Ledger(cut.found().path("home"))) {
                assertThat(ledger.texts()).as("seed %d", cut.seed()).containsAll(cut.told());
                assertThat(ledger.log().verify())
                        .as("seed %d", cut.seed())
                        .isInstanceOf(Verification.Holds.class);
            }
        }
    }

    /// What is found after a power cut, and what had been acknowledged before it.
    private record Cut(long seed, SimulatedDisk found, List<String> told) {}

    private static void cut(SimulatedDisk disk, List<String> told, Queue<Cut> cuts) {
        for (var image = 0; image < 8; image++) {
            var seed = cuts.size();
            cuts.add(new Cut(seed, disk.crashImage(new Random(seed)), List.copyOf(told)));
        }
    }

    /// Has the log's own steps fail, from one to another of those that follow.
    private static void failOnLog(SimulatedDisk disk, long first, long last) {
        var steps = new AtomicLong();
        disk.fault(step -> {
            if (step.path().toString().contains("audit")) {
                var number = steps.incrementAndGet();
                if (first <= number && number <= last) {
                    throw new IOException("Input/output error");
                }
            }
        });
    }

    private byte[] segmentWithThreeEntries() throws IOException {
        try (var ledger = new Ledger(home.resolve("whole"))) {
            ledger.tell("first");
            ledger.tell("second");
            ledger.tell("third");
            return Files.readAllBytes(ledger.segments().getFirst());
        }
    }
}
