package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The demo's own footage: four drawn scenes with people in them, encoded once and kept in a cache
/// folder. Nobody was filmed for it.
public final class DemoFootage {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int MAIN_KILOBITS = 2_000;
    private static final int WALL_KILOBITS = 400;
    private static final int SMALL_FRAMES = 100;
    private static final int SMALL_KILOBITS = 300;

    private final List<DemoScene> scenes;

    private DemoFootage(List<DemoScene> scenes) {
        this.scenes = List.copyOf(scenes);
    }

    /// Draws and encodes what is missing in the cache, which takes about 40 s of two cores the
    /// first time. Several processes may do this at once. A film that lies there under its name is whole.
    ///
    /// @param cacheFolder the user's cache, never a data folder: films lie there in the clear
    /// @param progress is told a line when a scene is begun and when it is done
    /// @throws UncheckedIOException if the folder cannot be written or the encoder does not run
    public static DemoFootage inCache(Path cacheFolder, Consumer<String> progress) {
        try {
            var folder = Files.createDirectories(cacheFolder.resolve("footage-" + Scenes.VERSION));
            var program = FfmpegProgram.in(cacheFolder);
            var work = new ArrayList<Callable<DemoScene>>();
            for (var scene : Scenes.all()) {
                work.add(() -> encoded(scene, folder, program, progress));
            }
            return new DemoFootage(inParallel(work));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The demo's footage cannot be made in %s: %s"
                            .formatted(cacheFolder, e.getMessage()),
                    e);
        }
    }

    /// A clip of 4 s, 320x180 with barcode, of the corridor alone: made anew in about 2 s, most of which
    /// is laying out the encoder. Both films of the scene are the same.
    ///
    /// @param folder where the clip and the encoder are laid; for tests, a temporary one
    public static DemoScene small(Path folder) {
        return small(folder, folder);
    }

    /// As above, with the encoder in a folder that outlives the clip: under a second from the second
    /// time on.
    public static DemoScene small(Path folder, Path cacheFolder) {
        try {
            var program = FfmpegProgram.in(cacheFolder);
            var drawn = Scenes.corridor();
            var film = folder.resolve("small.mp4");
            var truth = folder.resolve("small.csv");
            var films = List.of(new FootageEncoder.Film(film, 320, 180, SMALL_KILOBITS));
            encode(drawn, 320, 180, SMALL_FRAMES, program, films, truth);
            return new DemoScene(drawn.id(), drawn.name(), drawn.title(), film, film, truth);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A small clip cannot be made in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    public List<DemoScene> scenes() {
        return scenes;
    }

    private static DemoScene encoded(
            DrawnScene drawn, Path folder, Path program, Consumer<String> progress)
            throws IOException {
        var scene =
                new DemoScene(
                        drawn.id(),
                        drawn.name(),
                        drawn.title(),
                        folder.resolve(drawn.name() + ".mp4"),
                        folder.resolve(drawn.name() + "-wall.mp4"),
                        folder.resolve(drawn.name() + ".csv"));
        // The main film is moved into place last: where it lies, all three lie.
        if (Files.exists(scene.main())) {
            return scene;
        }
        progress.accept("Drawing %s".formatted(drawn.title()));
        var aside = Files.createTempDirectory(folder, drawn.name() + ".part");
        try {
            var main = aside.resolve("main.mp4");
            var wall = aside.resolve("wall.mp4");
            var truth = aside.resolve("truth.csv");
            var films =
                    List.of(
                            new FootageEncoder.Film(main, WIDTH, HEIGHT, MAIN_KILOBITS),
                            new FootageEncoder.Film(wall, WIDTH / 2, HEIGHT / 2, WALL_KILOBITS));
            encode(drawn, WIDTH, HEIGHT, DrawnScene.FRAMES, program, films, truth);
            Files.move(truth, scene.groundTruth(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(wall, scene.wall(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(main, scene.main(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            for (var left : List.of("main.mp4", "wall.mp4", "truth.csv")) {
                Files.deleteIfExists(aside.resolve(left));
            }
            Files.deleteIfExists(aside);
        }
        progress.accept("%s is drawn".formatted(drawn.title()));
        return scene;
    }

    private static void encode(
            DrawnScene drawn,
            int width,
            int height,
            int frames,
            Path program,
            List<FootageEncoder.Film> films,
            Path truthFile)
            throws IOException {
        var painter = new ScenePainter(drawn, width, height);
        var truth = new StringBuilder("frame,person,x,y,w,h\n");
        try (var encoder = new FootageEncoder(program, width, height, DrawnScene.FPS, films)) {
            for (int frame = 0; frame < frames; frame++) {
                var painted = painter.paint(frame);
                encoder.add(painted.planes().bytes());
                for (var seen : painted.seen()) {
                    var box = seen.box();
                    truth.append(
                            "%d,%s,%d,%d,%d,%d\n"
                                    .formatted(
                                            frame,
                                            seen.person(),
                                            box.x,
                                            box.y,
                                            box.width,
                                            box.height));
                }
            }
            encoder.finish();
        }
        Files.writeString(truthFile, truth, StandardCharsets.UTF_8);
    }

    private static List<DemoScene> inParallel(List<Callable<DemoScene>> work) throws IOException {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, work.size());
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var done = new ArrayList<DemoScene>();
            for (var future : pool.invokeAll(work)) {
                done.add(future.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }
}
