package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Footage for measuring: 1920x1080, 25 fps, 4 Mbit/s, a key frame every 2 s, 20 s long. Bars that move
/// over a noisy ground: as hard to encode as a busy street, and no picture of anything.
public final class LoadFootage {
    private static final int WIDTH = 1_920;
    private static final int HEIGHT = 1_080;
    private static final int FPS = 25;
    private static final int FRAMES = 20 * FPS;
    private static final int KILOBITS = 4_000;
    private static final int NOISES = 8;

    private LoadFootage() {}

    /// The film, made first if it is not in the cache yet.
    ///
    /// @param cacheFolder the user's cache, never a data folder
    /// @param progress is told a line when the film is being made
    public static Path inCache(Path cacheFolder, Consumer<String> progress) {
        var film = cacheFolder.resolve("load-1080p25-4M-v1.mp4");
        if (Files.exists(film)) {
            return film;
        }
        progress.accept("Making footage for measuring (half a minute, once).");
        try {
            Files.createDirectories(cacheFolder);
            var aside = Files.createTempFile(cacheFolder, "load", ".mp4");
            encode(FfmpegProgram.in(cacheFolder), aside);
            return Files.move(aside, film, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Footage for measuring cannot be made in %s: %s"
                            .formatted(cacheFolder, e.getMessage()),
                    e);
        }
    }

    private static void encode(Path program, Path film) throws IOException {
        var films = List.of(new FootageEncoder.Film(film, WIDTH, HEIGHT, KILOBITS));
        try (var encoder = new FootageEncoder(program, WIDTH, HEIGHT, FPS, films)) {
            var grounds = grounds();
            var picture = new byte[WIDTH * HEIGHT * 3 / 2];
            Arrays.fill(picture, WIDTH * HEIGHT, picture.length, (byte) 128);
            for (var frame = 0; frame < FRAMES; frame++) {
                draw(picture, grounds[frame % NOISES], frame);
                encoder.add(picture);
            }
            encoder.finish();
        }
    }

    /// A few grounds of light noise, shown in turn.
    private static byte[][] grounds() {
        var random = new Random(1);
        var grounds = new byte[NOISES][WIDTH * HEIGHT];
        for (var ground : grounds) {
            for (var i = 0; i < ground.length; i++) {
                var shade = 60 + 100 * (i % WIDTH) / WIDTH;
                ground[i] = (byte) (shade + random.nextInt(9) - 4);
            }
        }
        return grounds;
    }

    private static void draw(byte[] picture, byte[] ground, int frame) {
        System.arraycopy(ground, 0, picture, 0, ground.length);
        for (var bar = 0; bar < 6; bar++) {
            var left = Math.floorMod(bar * 320 + frame * (7 + 3 * bar), WIDTH - 120);
            var top = 80 + bar * 150;
            for (var y = top; y < top + 130; y++) {
                Arrays.fill(
                        picture, y * WIDTH + left, y * WIDTH + left + 120, (byte) (90 + bar * 22));
            }
        }
    }
}
