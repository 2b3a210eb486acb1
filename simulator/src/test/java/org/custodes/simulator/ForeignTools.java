package org.custodes.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs Debian's `ffmpeg` and `ffprobe`: tests that need them fail where they are missing.
final class ForeignTools {
    private ForeignTools() {}

    /// What the program printed; it must end well within a minute.
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var process =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(err));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " failed: " + Files.readString(err));
        }
        return Files.readString(out, StandardCharsets.ISO_8859_1);
    }

    static void ffmpeg(Path folder, String arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("ffmpeg", "-loglevel", "error", "-y"));
        command.addAll(List.of(arguments.split(" ")));
        run(folder, command);
    }
}
