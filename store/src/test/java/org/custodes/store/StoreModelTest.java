package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.words;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.custodes.media.GapCause;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.store.Recorder.Recording;
import org.custodes.vault.Sealed;

/// Whatever happens to a store, a cursor gives exactly what was recorded. The model is a list.
class StoreModelTest {
    enum Step {
        FRAMES,
        A_LONG_GOP,
        ROLL,
        GAP,
        CLOCK_BACK,
        MIDNIGHT,
        STOP_AND_START,
        KILL_AND_START,
        SETTLE
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(14);
    }

    @Property(tries = 100)
    void a_cursor_gives_exactly_what_was_recorded(@ForAll("lives") List<Step> life)
            throws IOException {
        new Life(new SimulatedDisk()).live(life);
    }

    private static final class Life {
        private final Recorder recorder;
        private final List<Sealed> model = new ArrayList<>();
        private Recording door;
        private int era;

        Life(SimulatedDisk disk) {
            recorder = new Recorder(disk.path("a"), disk.path("b"));
            recorder.now = Instant.parse("2026-03-01T23:58:00Z");
            door = recorder.record(DOOR);
        }

        void live(List<Step> life) throws IOException {
            try (var follower = Follower.of(recorder)) {
                for (var step : life) {
                    take(step);
                    follower.check(model());
                }
            }
            assertThat(words(recorder.played(DOOR))).isEqualTo(words(model()));
            assertThat(backwards()).isEqualTo(keys(model()).reversed());
            door.end();
            recorder.store.close();
            recorder.kill();
            var report = StoreCheck.run(recorder.settings, Optional.empty(), false);
            assertThat(report.findings()).isEmpty();
        }

        private List<Sealed> model() {
            var all = new ArrayList<>(model);
            all.addAll(door.appended);
            // Played by day, then by era, then by time.
            all.sort(
                    Comparator.comparing((Sealed s) -> s.pack().tree().day())
                            .thenComparingInt(s -> s.pack().tree().era()));
            return all;
        }

        private void take(Step step) throws IOException {
            switch (step) {
                case FRAMES -> door.frames(30, 10);
                case A_LONG_GOP -> door.frames(60, 60);
                case ROLL -> door.roll(GapCause.CONTINUES, era);
                case GAP -> {
                    recorder.store.beginGap(DOOR, recorder.now, GapCause.CAMERA_SILENT);
                    recorder.pass(Duration.ofSeconds(7));
                }
                case CLOCK_BACK -> {
                    recorder.store.clockStepped(recorder.now, recorder.now.minusSeconds(5));
                    recorder.now = recorder.now.minusSeconds(5);
                    door.roll(GapCause.CLOCK_STEPPED, ++era);
                }
                case MIDNIGHT -> {
                    recorder.pass(Duration.ofMinutes(9));
                    door.roll(GapCause.CAMERA_OFF, era);
                }
                case STOP_AND_START -> {
                    door.end();
                    recorder.stopAndRestart();
                    begin();
                }
                case KILL_AND_START -> {
                    // All that waits is written: what a kill loses is FaultTest's matter.
                    recorder.settle();
                    recorder.killAndRestart();
                    begin();
                }
                case SETTLE -> recorder.settle();
            }
        }

        private void begin() {
            model.addAll(door.appended);
            door = recorder.record(DOOR, GapCause.RECORDER_STARTED, era);
        }

        private List<String> backwards() {
            var found = new ArrayList<Sealed>();
            try (var cursor = recorder.store.cursor(DOOR)) {
                while (!(cursor.next() instanceof Item.Edge)) {
                    // To the end.
                }
                while (cursor.previousKey() instanceof Item.Stored(_, var sealed)) {
                    found.add(sealed);
                }
            }
            return words(found);
        }

        private static List<String> keys(List<Sealed> records) {
            return words(records.stream().filter(s -> s.header().key()).toList());
        }
    }

    /// A cursor that stays open while the store lives, as a viewer's does.
    private static final class Follower implements AutoCloseable {
        private final Recorder recorder;
        private Store followed;
        private Cursor cursor;
        private final List<Sealed> met = new ArrayList<>();

        private Follower(Recorder recorder) {
            this.recorder = recorder;
            this.followed = recorder.store;
            this.cursor = followed.cursor(DOOR);
        }

        static Follower of(Recorder recorder) {
            return new Follower(recorder);
        }

        void check(List<Sealed> model) {
            if (followed != recorder.store) {
                cursor.close();
                followed = recorder.store;
                cursor = followed.cursor(DOOR);
                met.clear();
            }
            for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
                if (item instanceof Item.Stored(_, var sealed)) {
                    met.add(sealed);
                }
            }
            assertThat(words(met)).isEqualTo(words(model));
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
