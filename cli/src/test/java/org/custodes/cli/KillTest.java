package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;
import org.custodes.simulator.DemoFootage;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreCheck;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real recorder under eight cameras. More kills: `-Dcustodes.kills=20`.
class KillTest {
    private static final int CAMERAS = 8;
    private static final int KILLS = Integer.getInteger("custodes.kills", 3);
    private static final Duration MOST_LOST = Duration.ofSeconds(3);

    @TempDir Path place;

    /// When a recorder was killed, and what it had last reported as safe, by camera.
    private record Kill(Instant at, Map<String, Instant> syncedThrough) {}

    @Test
    void a_kill_takes_no_frame_older_than_three_seconds_and_none_that_was_reported_safe()
            throws InterruptedException {
        var setting = setting();
        var kills = new ArrayList<Kill>();
        Path data;
        try (var cameras = setting.cameras()) {
            var recorder = BenchRecorder.start(place.resolve("recorder"));
            try {
                var _ = recorder.addCameras(setting.addresses(cameras));
                for (var kill = 0; kill < KILLS; kill++) {
                    Waiting.forAs(Duration.ofMillis(4_000 + 700L * kill));
                    kills.add(new Kill(Instant.now(), syncedThrough(recorder)));
                    recorder = recorder.killedAndStartedAgain();
                    var alive = recorder;
                    var killedAt = kills.getLast().at();
                    Waiting.until(
                            "every camera is recorded again",
                            Duration.ofSeconds(60),
                            () -> allNewerThan(alive, killedAt));
                }
            } finally {
                recorder.close();
            }
            data = recorder.data();
        }

        try (var vault = vault(data)) {
            var settings = StoreSettings.of(List.of(data.resolve("media")), vault.installation());
            var report = StoreCheck.run(settings, Optional.of(vault), false);
            assertThat(report.findings()).isEmpty();
            assertThat(report.opened()).isEqualTo(report.records());
            try (var store = Store.open(settings, new Signals(), InstantSource.system())) {
                assertThat(store.tracks()).hasSize(CAMERAS);
                for (var track : store.tracks()) {
                    assertNothingOldIsMissing(track, recordedAt(store, track), kills);
                }
            }
        }
    }

    private BenchSetting setting() {
        var film = DemoFootage.small(place).main();
        return new BenchSetting(
                film, 25, CAMERAS, 0, 1, Duration.ZERO, Duration.ZERO, place.resolve("work"));
    }

    private static Map<String, Instant> syncedThrough(BenchRecorder recorder) {
        var synced = new HashMap<String, Instant>();
        for (var camera : recorder.cameras()) {
            var told = camera.path("storage").path("syncedThrough").asString("");
            if (!told.isEmpty()) {
                synced.put(camera.path("id").asString(), Instant.parse(told));
            }
        }
        return synced;
    }

    private static boolean allNewerThan(BenchRecorder recorder, Instant then) {
        for (var camera : recorder.cameras()) {
            var newest = camera.path("storage").path("newest").asString("");
            if (newest.isEmpty() || !Instant.parse(newest).isAfter(then)) {
                return false;
            }
        }
        return true;
    }

    private Vault vault(Path data) {
        return Vault.open(
                List.of(data.resolve("keys")),
                RootKey.file(place.resolve("recorder").resolve("root.key")),
                new SecureRandom());
    }

    private static List<Instant> recordedAt(Store store, TrackId track) {
        var times = new ArrayList<Instant>();
        try (var cursor = store.cursor(track)) {
            var item = cursor.next();
            while (!(item instanceof Item.Edge)) {
                if (item instanceof Item.Stored(var _, var sealed) && !sealed.header().end()) {
                    times.add(Instant.EPOCH.plus(sealed.header().wallMicros(), ChronoUnit.MICROS));
                }
                item = cursor.next();
            }
        }
        return times;
    }

    private static void assertNothingOldIsMissing(
            TrackId track, List<Instant> times, List<Kill> kills) {
        var camera = track.camera().value();
        for (var kill : kills) {
            var last = times.stream().filter(time -> time.isBefore(kill.at())).toList().getLast();
            assertThat(last).as(camera.toString()).isAfter(kill.at().minus(MOST_LOST));
            assertThat(last).isAfterOrEqualTo(safe(kill, camera));
        }
        for (var i = 1; i < times.size(); i++) {
            var from = times.get(i - 1);
            var to = times.get(i);
            var betweenKills =
                    kills.stream()
                            .noneMatch(kill ->
                                    !kill.at().plusSeconds(1).isBefore(from)
                                            && kill.at().isBefore(to));
            if (betweenKills) {
                assertThat(Duration.between(from, to))
                        .as("%s at %s", camera, from)
                        .isLessThan(Duration.ofMillis(900));
            }
        }
    }

    private static Instant safe(Kill kill, UUID camera) {
        return kill.syncedThrough().getOrDefault(camera.toString(), Instant.MIN);
    }
}
