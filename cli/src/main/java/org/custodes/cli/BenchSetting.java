package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What a bench runs with.
///
/// @param footage the MP4 that the cameras loop
/// @param work a folder for what the runs write, removed afterwards
record BenchSetting(
        Path footage,
        double framesPerSecond,
        int cameraCount,
        int viewers,
        int runs,
        Duration warmup,
        Duration measured,
        Path work) {

    /// A new folder for one run.
    Path folder(String name) {
        try {
            return Files.createDirectories(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the cameras write which frame they sent when.
    Path frameLogs() {
        return work.resolve("frames");
    }

    /// Where a camera writes it; they are numbered from 1.
    Path frameLog(int number) {
        return frameLogs().resolve("camera-%d.log".formatted(number));
    }

    /// Starts the cameras, on a processor of their own and any free port.
    ChildProgram cameras() {
        return cameras(0);
    }

    /// Starts the cameras on the port at which a recorder knows them.
    ChildProgram cameras(int port) {
        return ChildProgram.custodes(
                Processors.CAMERAS,
                List.of(
                        "simulate",
                        "--footage",
                        footage.toString(),
                        "--cameras",
                        Integer.toString(cameraCount),
                        "--camera-port",
                        Integer.toString(port),
                        "--frame-log",
                        frameLogs().toString()));
    }

    /// The addresses of the cameras that were started.
    List<URI> addresses(ChildProgram cameras) {
        var first =
                cameras.awaitLine(line -> line.contains("rtsp://"))
                        .replaceFirst(".*(rtsp://\\S+/camera-)1 .*", "$1");
        return IntStream.rangeClosed(1, cameraCount)
                .mapToObj(number -> URI.create(first + number))
                .toList();
    }
}
