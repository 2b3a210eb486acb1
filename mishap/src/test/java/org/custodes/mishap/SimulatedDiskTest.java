package org.custodes.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.custodes.mishap.SimulatedDisk.Kind;
import org.custodes.mishap.SimulatedDisk.ProcessEnded;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path file = disk.path("file");

    @Test
    void is_used_through_its_paths_as_any_other_disk() throws IOException {
        Files.createDirectories(disk.path("a/b"));
        Files.writeString(disk.path("a/b/c"), "hello");
        Files.write(disk.path("a/b/c"), new byte[9000], StandardOpenOption.APPEND);

        try (var names = Files.list(disk.path("a"))) {
            assertThat(names).containsExactly(disk.path("a/b"));
        }
        assertThat(Files.size(disk.path("a/b/c"))).isEqualTo(9005);
        assertThat(Files.readAllBytes(disk.path("a/b/c"))).startsWith('h', 'e').hasSize(9005);
        assertThatThrownBy(() -> Files.size(disk.path("nothing")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.createFile(disk.path("a/b/c")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(disk.opened()).isZero();
    }

    @Test
    void after_a_kill_all_that_was_written_is_there_and_locks_are_free() throws IOException {
        Files.writeString(file, "written");
        var lock = FileChannel.open(file, StandardOpenOption.WRITE);
        assertThat(lock.tryLock()).isNotNull();
        try (var again = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThatThrownBy(again::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }

        disk.kill();

        assertThat(Files.readString(file)).isEqualTo("written");
        assertThatThrownBy(() -> lock.write(ByteBuffer.allocate(1), 0))
                .isInstanceOf(ProcessEnded.class);
        try (var next = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(next.tryLock()).isNotNull();
        }
    }

    @Test
    void what_is_synced_survives_every_power_cut() throws IOException {
        synced("first");
        Files.writeString(file, "other");

        assertThat(contents()).contains("first", "other", "").allMatch(s -> s.length() <= 5);
        force(file);
        assertThat(contents()).containsExactly("other");
    }

    @Test
    void a_name_that_was_not_synced_may_be_missing_and_a_removed_one_may_be_back()
            throws IOException {
        Files.writeString(file, "new");
        force(file);
        assertThat(contents()).containsExactlyInAnyOrder("new", "no file");

        force(disk.path(""));
        Files.delete(file);
        assertThat(contents()).containsExactlyInAnyOrder("new", "no file");
    }

    @Test
    void a_rename_is_one_change() throws IOException {
        synced("old");
        var aside = disk.path("aside");
        Files.writeString(aside, "new");
        force(aside);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(contents()).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void pages_reach_the_disk_in_any_order_and_torn_between_sectors() throws IOException {
        synced("a".repeat(8192));
        Files.writeString(file, "b".repeat(8192), StandardOpenOption.WRITE);

        var found = contents();

        assertThat(found)
                .contains("a".repeat(4096) + "b".repeat(4096), "b".repeat(4096) + "a".repeat(4096))
                .anyMatch(content -> content.substring(0, 4096).contains("ab"));
    }

    @Test
    void after_a_failed_sync_a_sync_that_succeeds_proves_nothing() throws IOException {
        synced("a".repeat(4096));
        Files.writeString(file, "b".repeat(4096), StandardOpenOption.WRITE);
        disk.failStep(1);
        assertThatThrownBy(() -> force(file)).hasMessageContaining("Input/output error");
        disk.heal();
        force(file);

        assertThat(contents()).contains("a".repeat(4096), "b".repeat(4096));

        Files.writeString(file, "c".repeat(4096), StandardOpenOption.WRITE);
        force(file);
        assertThat(contents()).containsExactly("c".repeat(4096));
    }

    @Test
    void a_write_that_fails_or_is_killed_has_done_one_half() throws IOException {
        disk.failStep(2);
        assertThatThrownBy(() -> Files.writeString(file, "12345678"))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).isEqualTo("1234");

        disk.endAtStep(1);
        assertThatThrownBy(() -> Files.writeString(disk.path("b"), "x"))
                .isInstanceOf(ProcessEnded.class);
        assertThatThrownBy(() -> Files.readString(file)).isInstanceOf(ProcessEnded.class);
        disk.kill();
        assertThat(Files.readString(file)).isEqualTo("1234");
    }

    @Test
    void a_full_disk_takes_no_more_and_short_writes_write_less() throws IOException {
        disk.capacity(10);
        assertThatThrownBy(() -> Files.write(file, new byte[11]))
                .hasMessage("No space left on device");
        assertThat(Files.getFileStore(file).getUsableSpace()).isEqualTo(10);

        disk.shortWrites(3);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.write(ByteBuffer.allocate(8))).isEqualTo(3);
        }
    }

    @Test
    void every_change_is_a_step_that_a_fault_sees() throws IOException {
        var seen = new HashSet<Kind>();
        disk.fault(step -> seen.add(step.kind()));

        Files.writeString(file, "x");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.force(true);
        }
        Files.move(file, disk.path("b"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(disk.path("b"));

        assertThat(seen).containsExactlyInAnyOrder(Kind.values());
        assertThat(disk.steps()).isEqualTo(6);
    }

    @Test
    void the_same_seed_draws_the_same_image() throws IOException {
        Files.write(file, new byte[100_000]);
        Files.write(file, "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));

        var first = content(disk.crashImage(new Random(7)));
        assertThat(content(disk.crashImage(new Random(7)))).isEqualTo(first);
    }

    @Test
    void a_byte_that_rots_is_read_as_it_is() throws IOException {
        synced("abc");
        disk.rot(file, 1, 1);

        assertThat(Files.readString(file)).isEqualTo("acc");
        assertThat(contents()).containsExactly("acc");
    }

    private void synced(String text) throws IOException {
        Files.writeString(file, text);
        force(file);
        force(disk.path(""));
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// What the file may hold after a power cut now, as 300 draws show it.
    private Set<String> contents() throws IOException {
        var found = new HashSet<String>();
        for (var seed = 0; seed < 300; seed++) {
            found.add(content(disk.crashImage(new Random(seed))));
        }
        return found;
    }

    private static String content(SimulatedDisk image) throws IOException {
        var file = image.path("file");
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "")
                : "no file";
    }
}
