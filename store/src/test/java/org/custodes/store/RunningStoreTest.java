package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.store.Recorder.words;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store as the product runs it: with its threads, on the real disk, synced by the real `syncfs`.
class RunningStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void cameras_record_while_viewers_read_and_all_is_there_after_a_stop() throws Exception {
        var settings = StoreSettings.of(List.of(folder), Recorder.ID).withReserve(0);
        var signals = new Signals();
        var cameras = new ArrayList<TrackId>();
        for (var camera = 1; camera <= 4; camera++) {
            cameras.add(
                    new TrackId(new CameraId(new UUID(camera, camera)), 0, MediaClass.ORIGINAL));
        }
        List<List<Sealed>> recorded = new ArrayList<>();
        try (var store = Store.open(settings, signals, InstantSource.system());
                var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var writing = cameras.stream().map(c -> threads.submit(camera(store, c))).toList();
            var viewing = cameras.stream().map(c -> threads.submit(viewer(store, c, 400))).toList();
            for (var camera = 0; camera < cameras.size(); camera++) {
                recorded.add(writing.get(camera).get());
                assertThat(words(viewing.get(camera).get())).isEqualTo(words(recorded.get(camera)));
            }
            until(() -> store.syncedThrough(cameras.getFirst()).isPresent());
        }
        assertThat(signals.standing()).isEmpty();
        assertThat(StoreCheck.run(settings, Optional.empty(), false).findings()).isEmpty();
        try (var store = Store.open(settings, signals, InstantSource.system())) {
            for (var camera = 0; camera < cameras.size(); camera++) {
                assertThat(words(viewer(store, cameras.get(camera), 400).call()))
                        .isEqualTo(words(recorded.get(camera)));
            }
        }
    }

    private static Callable<List<Sealed>> camera(Store store, TrackId track) {
        return () -> {
            var random = new Random(track.hashCode());
            var appended = new ArrayList<Sealed>();
            // A camera clock of our own: 400 frames of 40 ms, as fast as they go.
            var wall = Instant.parse("2026-03-01T12:00:00Z");
            for (var pack = 0; pack < 4; pack++) {
                var writer =
                        store.begin(
                                new PackStart(
                                        track,
                                        Codec.H264,
                                        0,
                                        ClockState.FREE,
                                        Origin.LIVE,
                                        wall,
                                        GapCause.CONTINUES));
                for (var number = 0; number < 100; number++) {
                    var flags = number % 20 == 0 ? RecordHeader.KEY : 0;
                    var sealed =
                            Recorder.sealed(
                                    writer.binding(), track, number, wall, flags, 3000, random);
                    appended.add(sealed);
                    writer.append(sealed);
                    wall = wall.plusMillis(40);
                }
                writer.end(
                        Recorder.sealed(
                                writer.binding(), track, 100, wall, RecordHeader.END, 56, random));
            }
            return appended;
        };
    }

    private static Callable<List<Sealed>> viewer(Store store, TrackId track, int records) {
        return () -> {
            var met = new ArrayList<Sealed>();
            try (var cursor = store.cursor(track)) {
                until(() -> {
                    for (var item = cursor.next();
                            !(item instanceof Item.Edge);
                            item = cursor.next()) {
                        if (item instanceof Item.Stored(_, var sealed)) {
                            met.add(sealed);
                        }
                    }
                    return met.size() >= records;
                });
            }
            return met;
        };
    }

    @Test
    void a_volume_is_synced_by_one_call_where_the_machine_has_it() throws Exception {
        var sync = VolumeSync.ofThisMachine();

        assertThat(sync.available()).isEqualTo(System.getProperty("os.name").equals("Linux"));
        if (sync.available()) {
            sync.sync(folder);
            assertThatThrownBy(() -> sync.sync(folder.resolve("none")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("errno 2");
        }
    }

    private static void until(Callable<Boolean> met) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!met.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }
}
