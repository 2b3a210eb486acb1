package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.words;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;

class TailTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Path folder = disk.path("volume");

    @Test
    void a_listener_hears_everything_from_the_last_key_frame_on() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(60, 25);
        var heard = new ArrayList<Sealed>();

        try (var subscription = recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s))) {
            assertThat(words(heard)).isEqualTo(words(door.appended.subList(50, 60)));
            door.frame(false);
            assertThat(subscription).isNotNull();
        }
        door.frame(false);

        assertThat(words(heard)).isEqualTo(words(door.appended.subList(50, 61)));
    }

    @Test
    void what_is_in_the_file_is_not_held_and_is_heard_all_the_same() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(60, 25);
        recorder.settle();
        door.frame(false);
        var heard = new ArrayList<Sealed>();

        try (var _ = recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s))) {
            door.frame(false);
        }

        assertThat(words(heard)).isEqualTo(words(door.appended.subList(50, 62)));
        assertThat(recorder.store.tail(DOOR).heldRecords()).isEqualTo(2);
    }

    @Test
    void a_running_gop_that_the_disk_does_not_give_back_is_passed_over() throws Exception {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR).frames(60, 25);
        recorder.settle();
        door.frame(false);
        recorder.disk.readFault(step -> {
            throw new IOException("EIO");
        });
        var heard = new ArrayList<Sealed>();

        try (var _ = recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s))) {
            door.frame(false);
            door.frame(true);
        }

        assertThat(words(heard)).isEqualTo(words(door.appended.subList(62, 63)));
    }

    @Test
    void a_listener_that_comes_before_the_camera_begins_with_its_first_key_frame() {
        var recorder = new Recorder(folder);
        var heard = new ArrayList<Sealed>();
        recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s));
        var door = recorder.record(DOOR);

        door.frame(false);
        door.frame(true);
        door.frame(false);
        door.end();

        assertThat(words(heard)).isEqualTo(words(door.appended.subList(1, 3)));
    }

    @Test
    void a_listener_is_told_when_a_gap_begins() {
        var recorder = new Recorder(folder);
        recorder.record(DOOR).frames(10, 5);
        var ended = new ArrayList<GapCause>();
        recorder.store
                .tail(DOOR)
                .subscribe(
                        new TailListener() {
                            @Override
                            public void record(Codec codec, Sealed sealed) {}

                            @Override
                            public void ended(GapCause cause) {
                                ended.add(cause);
                            }
                        });

        recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_SILENT);

        assertThat(ended).containsExactly(GapCause.CAMERA_SILENT);
    }

    @Test
    void a_listener_that_throws_harms_neither_the_recording_nor_the_others() {
        var recorder = new Recorder(folder);
        var door = recorder.record(DOOR);
        var heard = new ArrayList<Sealed>();
        recorder.store
                .tail(DOOR)
                .subscribe((_, _) -> {
                    throw new IllegalStateException("a viewer's fault");
                });
        recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s));

        door.frames(50, 25);

        assertThat(heard).hasSize(50);
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
    }

    @Test
    void memory_is_bounded_when_a_gop_never_ends() {
        var mib = 1L << 20;
        var recorder =
                new Recorder(
                        s ->
                                new StoreSettings(
                                        s.volumes(),
                                        s.recorder(),
                                        s.reserveBytes(),
                                        s.queueBytes(),
                                        mib,
                                        2 * mib,
                                        s.syncEvery()),
                        folder);
        var door = recorder.record(DOOR).bodies(50_000).frames(100, 1000);

        assertThat(heardNow(recorder)).isEmpty();
        assertThat(words(recorder.played(DOOR))).isEqualTo(words(door.appended));
        door.frame(true);
        assertThat(heardNow(recorder)).hasSize(1);
    }

    private static List<Sealed> heardNow(Recorder recorder) {
        var heard = new ArrayList<Sealed>();
        recorder.store.tail(DOOR).subscribe((_, s) -> heard.add(s));
        return heard;
    }
}
