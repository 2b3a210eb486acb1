package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One recorder that has to live for long: each minute a seed draws a fault, and at the end all that was
/// recorded is held against all that was sent, and what the recorder holds against what it held early on.
/// It is never killed: its size is judged, and that of a new process says nothing.
final class ChaosSoak {
    private static final long MIB = 1 << 20;

    /// What the volume keeps free (`StoreSettings`), and a little for the database and logs.
    private static final long BESIDE_FOOTAGE = 2048 * MIB;

    private final Setting setting;
    private final Consumer<String> told;

    /// @param minute how long a minute lasts; shorter in tests
    /// @param show what the cameras send, in words of `simulate`
    /// @param bytesPerSecond what one of them sends
    /// @param verbs of which one is drawn each minute
    /// @param work a folder for what is written; what a failed run left stays there
    record Setting(
            int minutes,
            Duration minute,
            long seed,
            int cameras,
            List<String> show,
            long bytesPerSecond,
            List<ChaosVerb> verbs,
            Footprint.Growth allowed,
            Path work) {

        Setting {
            show = List.copyOf(show);
            verbs = List.copyOf(verbs);
        }

        /// What its footage takes, and what has to be free beside it. Nothing may expire meanwhile: the
        /// judge needs all of it.
        long bytesNeeded() {
            var footage = (double) bytesPerSecond * cameras * minutes * minute.toMillis() / 1000;
            return (long) (footage * 1.1) + BESIDE_FOOTAGE;
        }

        String again() {
            return "./custodes chaos --soak %d --seed %d --cameras %d"
                    .formatted(minutes, seed, cameras);
        }
    }

    /// What came of it.
    ///
    /// @param minutes the recorder's size at the end of each
    /// @param frames how many play
    /// @param broken promises, in words
    record Report(
            Setting setting,
            List<String> faults,
            List<Footprint> minutes,
            long frames,
            List<String> broken) {

        Report {
            faults = List.copyOf(faults);
            minutes = List.copyOf(minutes);
            broken = List.copyOf(broken);
        }

        /// One line of JSON.
        String line() {
            var line = new LinkedHashMap<String, Object>();
            line.put("job", "soak");
            line.put("minutes", minutes.size());
            line.put("cameras", setting.cameras());
            line.put("seed", setting.seed());
            line.put("frames", frames);
            if (!minutes.isEmpty()) {
                var early = Footprint.Growth.settledIn(minutes.size());
                var then = Footprint.Growth.by(early, minutes);
                var now = Footprint.Growth.by(minutes.size(), minutes);
                line.put("againstMinute", early);
                line.put("heapBytes", List.of(then.heapBytes(), now.heapBytes()));
                line.put(
                        "heapGrowthPercent",
                        Math.round(100 * Footprint.Growth.heapPercent(then, now)) / 100.0);
                line.put("descriptors", List.of(then.descriptors(), now.descriptors()));
            }
            line.put("broken", broken);
            return ApiClient.JSON.writeValueAsString(line);
        }
    }

    /// @param told hears a line each minute, and one for each promise that was broken
    ChaosSoak(Setting setting, Consumer<String> told) {
        this.setting = setting;
        this.told = told;
    }

    /// All that can be done to a recorder without ending it, and to cameras that show one film. What
    /// needs `strace` is left out where there is none.
    static List<ChaosVerb> verbs() {
        return Arrays.stream(ChaosVerb.values())
                .filter(verb -> verb != ChaosVerb.NOTHING && verb != ChaosVerb.SHOW)
                .filter(verb -> !verb.needsStrace() || FailingCalls.canBeMade())
                .toList();
    }

    /// @throws CannotStartException if there is not enough space for what will be recorded
    Report run() throws IOException {
        requireSpace();
        var faults = new ArrayList<String>();
        var footprints = new ArrayList<Footprint>();
        var broken = new ArrayList<String>();
        var frames = 0L;
        var folder = setting.work().resolve("soak-" + setting.seed());
        try (var stage = ChaosStage.begin(folder, setting.cameras(), setting.show())) {
            stage.recover(Duration.ofSeconds(1));
            for (var minute = 1; minute <= setting.minutes(); minute++) {
                var ends = System.nanoTime() + setting.minute().toNanos();
                faults.add(stage.cause(setting.verbs(), random(minute)));
                stage.recover(Duration.ofSeconds(1));
                var recovered = ends - System.nanoTime();
                Waiting.forAs(Duration.ofNanos(Math.max(0, recovered)));
                stage.stayKnown();
                var footprint = Footprint.of(stage.recorder().program().pid());
                footprints.add(footprint);
                told.accept(
                        "minute %d of %d: %s; all recorded %.1f s after it began; heap %.1f MB, %d descriptors"
                                .formatted(
                                        minute,
                                        setting.minutes(),
                                        faults.getLast(),
                                        (setting.minute().toNanos() - recovered) / 1e9,
                                        footprint.heapBytes() / 1e6,
                                        footprint.descriptors()));
            }
            stage.recover(Duration.ofSeconds(1));
            var verdict = stage.end(Duration.ZERO);
            frames = verdict.frames();
            broken.addAll(verdict.broken());
            broken.addAll(setting.allowed().excess(footprints));
            if (broken.isEmpty()) {
                stage.clear();
            }
        } catch (CannotStartException e) {
            broken.add("%s (after %s)".formatted(e.getMessage(), faults));
        }
        broken.forEach(one -> told.accept("BROKEN: " + one));
        if (!broken.isEmpty()) {
            told.accept("What it left lies in " + folder + "; again: " + setting.again());
        }
        return new Report(setting, faults, footprints, frames, broken);
    }

    private SplittableRandom random(int minute) {
        return new SplittableRandom(setting.seed() + minute).split();
    }

    private void requireSpace() throws IOException {
        Files.createDirectories(setting.work());
        var free = Files.getFileStore(setting.work()).getUsableSpace();
        if (free < setting.bytesNeeded()) {
            throw new CannotStartException(
                    ("%d cameras fill %,d MB in %d minutes, and nothing of it may expire before it is"
                                    + " judged, but %s has only %,d MB free. Free some space, choose"
                                    + " another disk by --work, or fewer --cameras or minutes")
                            .formatted(
                                    setting.cameras(),
                                    setting.bytesNeeded() / MIB,
                                    setting.minutes(),
                                    setting.work(),
                                    free / MIB));
        }
    }
}
