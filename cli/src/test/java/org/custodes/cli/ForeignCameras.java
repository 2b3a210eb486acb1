package org.custodes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.custodes.media.Codec;

/// Cameras that are not ours, from GStreamer's RTSP server with digest: one of H.264 and one of H.265,
/// with B-frames, several slices per picture and no two pictures alike. All who watch one share its
/// stream. And a client that is not ours, ffmpeg.
///
/// Needs what `rtsp`'s test of foreign servers needs, whose script it runs.
final class ForeignCameras implements AutoCloseable {
    static final int SLICES = 3;

    private static final Path SCRIPT = Path.of("../rtsp/src/test/resources/foreign-camera.py");
    private static final int FRAMES_PER_SECOND = 25;
    private static final int SECONDS = 30;
    private static final String USER = "guard";
    private static final String PASSWORD = "opensesame";

    private final Path folder;
    private final Process server;
    private final int port;

    private ForeignCameras(Path folder, Process server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    static ForeignCameras start(Path folder) throws IOException, InterruptedException {
        var h264 =
                clip(
                        folder.resolve("clip.h264"),
                        "libx264",
                        "-slices",
                        "" + SLICES,
                        "-bf",
                        "2",
                        "-bsf:v",
                        "h264_metadata=aud=insert");
        var h265 =
                clip(
                        folder.resolve("clip.h265"),
                        "libx265",
                        "-x265-params",
                        "log-level=none:aud=1:bframes=2:slices=" + SLICES);
        var server =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                SCRIPT.toAbsolutePath().normalize().toString(),
                                USER,
                                PASSWORD,
                                "" + FRAMES_PER_SECOND,
                                h264.toString(),
                                h265.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        var told = Objects.requireNonNull(out.readLine(), "it did not start");
        return new ForeignCameras(folder, server, Integer.parseInt(told.replaceFirst(" .*", "")));
    }

    /// Its address, with user and password in it.
    URI address(Codec codec) {
        return URI.create(
                "rtsp://%s:%s@127.0.0.1:%d/%s".formatted(USER, PASSWORD, port, word(codec)));
    }

    /// A byte stream as ffmpeg received it, from where it joined.
    byte[] receivedByFfmpeg(Codec codec, int frames) throws IOException, InterruptedException {
        var file = folder.resolve("received." + word(codec));
        ffmpeg(
                List.of(
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        address(codec).toString(),
                        "-c",
                        "copy",
                        "-frames:v",
                        "" + frames,
                        "-f",
                        codec == Codec.H264 ? "h264" : "hevc",
                        file.toString()));
        return Files.readAllBytes(file);
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }

    private static String word(Codec codec) {
        return codec == Codec.H264 ? "h264" : "h265";
    }

    /// Moving pictures with a key frame each second; a counter in them makes each differ.
    private static Path clip(Path file, String encoder, String... options)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("-f", "lavfi", "-i"));
        words.add(
                "testsrc2=size=320x180:duration=%d:rate=%d".formatted(SECONDS, FRAMES_PER_SECOND));
        words.addAll(
                List.of("-c:v", encoder, "-preset", "ultrafast", "-g", "" + FRAMES_PER_SECOND));
        words.addAll(List.of(options));
        words.add(file.toString());
        ffmpeg(words);
        return file;
    }

    private static void ffmpeg(List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "fatal"));
        command.addAll(words);
        var process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("ffmpeg did not end within a minute: " + words);
        }
    }
}
