package org.custodes.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.custodes.media.GapCause;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.vault.KeyName;

/// A short life of a recorder, drawn from a seed: two cameras, some minutes around a midnight, with all
/// that a recorder does to its files.
final class Life {
    private static final Instant LATE = Instant.parse("2026-03-01T23:58:00Z");
    private static final int DEEDS = 24;
    private static final int CAMERAS = 2;
    private static final int LARGEST = 9_000;

    private final SplittableRandom random;
    private final MadeRecorder recorder;
    private int secrets;

    Life(long seed) {
        random = new SplittableRandom(seed);
        var disk = new SimulatedDisk();
        if (random.nextBoolean()) {
            disk.shortWrites(512 + random.nextInt(8_000));
        }
        var start = LATE.plusMillis(random.nextInt(120_000));
        recorder = new MadeRecorder(disk, 1 + random.nextInt(2), start, new Oracle(), seed);
    }

    MadeRecorder recorder() {
        return recorder;
    }

    void live() {
        recorder.start();
        for (var camera = 0; camera < CAMERAS; camera++) {
            recorder.add(camera);
        }
        for (var deed = 0; deed < DEEDS; deed++) {
            act();
        }
        recorder.stop();
    }

    private void act() {
        switch (random.nextInt(20)) {
            case 0, 1 -> recorder.pass(Duration.ofMillis(500 + random.nextInt(3_000)));
            case 2 -> camera().gap(GapCause.CAMERA_SILENT);
            case 3 -> camera().end();
            case 4 -> recorder.pass(Duration.ofMinutes(random.nextInt(12)));
            case 5 -> stepBack();
            case 6 -> {
                recorder.stop();
                recorder.start();
            }
            case 7 -> {
                recorder.kill();
                recorder.start();
            }
            case 8 -> recorder.keepSecret(name(secrets++));
            case 9 -> {
                if (secrets > 0) {
                    recorder.destroySecret(name(random.nextInt(secrets)));
                }
            }
            case 10 -> recorder.dropDaysBefore(camera());
            case 11 -> recorder.settle();
            default -> gop();
        }
    }

    private void stepBack() {
        // Not back into a day that is destroyed: the sweep that finishes it would take the new
        // records.
        if (recorder.oracle.dropped().isEmpty()) {
            recorder.stepBack(Duration.ofMillis(1 + random.nextInt(90_000)));
        }
    }

    private void gop() {
        var frames = 1 + random.nextInt(4);
        for (var frame = 0; frame < frames; frame++) {
            for (var camera : recorder.cameras) {
                camera.frame(frame == 0, random.nextInt(LARGEST));
            }
            recorder.pass(Duration.ofMillis(40 + random.nextInt(600)));
        }
    }

    private MadeCamera camera() {
        return recorder.cameras.get(random.nextInt(CAMERAS));
    }

    private static KeyName name(int number) {
        return new KeyName("device-secret", "camera " + number);
    }
}
