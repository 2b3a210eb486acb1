package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Rounds of faults against real recorders. In each one thing that its seed draws is done to recorder or
/// cameras, and a moment later the recorder is killed and started again. A recorder lives through a
/// handful of rounds; then it is stopped and what it left is judged.
final class ChaosRounds {
    /// Rounds of one recorder; a round that fails can be played alone.
    private static final int OF_ONE_RECORDER = 20;

    private final Setting setting;
    private final Consumer<String> told;

    /// @param rounds how many at most
    /// @param seed of the first; the next ones have the numbers after it
    /// @param time after which no further recorder is started
    /// @param recordsAgain how soon after a kill's restart all cameras have to be recorded
    /// @param work a folder for what the runs write; what a failed one left stays there
    record Setting(
            int rounds, long seed, int cameras, Duration time, Duration recordsAgain, Path work) {}

    /// @param told hears a line for each round (its seed, when it was killed, how old the oldest frame was
    ///     that this took, how long after the next start all cameras were recorded, whether what was
    ///     promised was kept, what was done), and for each promise that was broken
    ChaosRounds(Setting setting, Consumer<String> told) {
        this.setting = setting;
        this.told = told;
    }

    /// What came of it.
    ///
    /// @param rounds how many were played
    /// @param broken promises, each with the command that plays its rounds again
    record Report(
            int rounds, long frames, List<String> broken, Duration oldestLost, Duration slowest) {

        Report {
            broken = List.copyOf(broken);
        }
    }

    private record Played(long seed, String told, Instant killedAt) {}

    Report run() throws IOException {
        var began = System.nanoTime();
        var report = new Report(0, 0, List.of(), Duration.ZERO, Duration.ZERO);
        while (report.rounds() < setting.rounds()
                && System.nanoTime() - began < setting.time().toNanos()) {
            var count = Math.min(OF_ONE_RECORDER, setting.rounds() - report.rounds());
            report = added(report, play(setting.seed() + report.rounds(), count), count);
        }
        return report;
    }

    private static Report added(Report before, ChaosJudge.Verdict verdict, int count) {
        var broken = new ArrayList<>(before.broken());
        broken.addAll(verdict.broken());
        return new Report(
                before.rounds() + count,
                before.frames() + verdict.frames(),
                broken,
                longest(before.oldestLost(), verdict.oldestLost()),
                longest(before.slowest(), verdict.recordedAgain()));
    }

    private ChaosJudge.Verdict play(long first, int count) throws IOException {
        var folder = setting.work().resolve("rounds-from-" + first);
        var played = new ArrayList<Played>();
        try (var stage = ChaosStage.begin(folder, setting.cameras(), first)) {
            for (var seed = first; seed < first + count; seed++) {
                played.add(round(stage, seed));
            }
            stage.recover(Duration.ofSeconds(1));
            var verdict = stage.end(setting.recordsAgain());
            var kept = verdict.broken().isEmpty() ? "kept" : "BROKEN, or another of its life";
            for (var kill = 0; kill < count; kill++) {
                told.accept(
                        "%d %s lost %d ms, again %d ms, %s: %s"
                                .formatted(
                                        played.get(kill).seed(),
                                        played.get(kill).killedAt().truncatedTo(ChronoUnit.MILLIS),
                                        verdict.oldestLost().get(kill).toMillis(),
                                        verdict.recordedAgain().get(kill).toMillis(),
                                        kept,
                                        played.get(kill).told()));
            }
            verdict.broken().forEach(one -> told.accept("BROKEN: " + one));
            if (verdict.broken().isEmpty()) {
                stage.clear();
            } else {
                told.accept("What it left lies in " + folder + "; again: " + again(first, count));
            }
            return verdict;
        } catch (CannotStartException e) {
            var broken = "%s (after %s)".formatted(e.getMessage(), played);
            told.accept("BROKEN: " + broken + "; again: " + again(first, count));
            return new ChaosJudge.Verdict(List.of(broken), 0, List.of(), List.of());
        }
    }

    private String again(long first, int count) {
        return "./custodes chaos --rounds %d --seed %d --cameras %d"
                .formatted(count, first, setting.cameras());
    }

    private static Played round(ChaosStage stage, long seed) throws IOException {
        var random = new SplittableRandom(seed).split();
        var verbs =
                Arrays.stream(ChaosVerb.values())
                        .filter(verb -> !verb.needsStrace() || FailingCalls.canBeMade())
                        .toList();
        stage.recover(Duration.ofMillis(200 + random.nextInt(1_500)));
        var told = stage.cause(verbs, random);
        Waiting.forAs(Duration.ofMillis(random.nextInt(1_500)));
        var killedAt = stage.kill();
        return new Played(seed, told, killedAt);
    }

    private static Duration longest(Duration one, List<Duration> others) {
        var longest = one;
        for (var other : others) {
            longest = other.compareTo(longest) > 0 ? other : longest;
        }
        return longest;
    }
}
