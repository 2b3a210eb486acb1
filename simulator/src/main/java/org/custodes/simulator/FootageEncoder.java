package org.custodes.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of the `ffmpeg` program: raw pictures go in through a pipe, H.264 films come out.
final class FootageEncoder implements AutoCloseable {
    static final int GOP = 50;
    private static final String BT709 =
            "h264_metadata=colour_primaries=1:transfer_characteristics=1:matrix_coefficients=1"
                    + ":video_full_range_flag=0";

    /// A film to be made of the pictures that go in.
    record Film(Path path, int width, int height, int kilobits) {}

    private final Process process;
    private final OutputStream pictures;
    private final Path messages;

    FootageEncoder(Path program, int width, int height, int fps, List<Film> films)
            throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of(program.toString(), "-hide_banner", "-loglevel", "error", "-y"));
        command.addAll(List.of("-f", "rawvideo", "-pix_fmt", "yuv420p"));
        command.addAll(List.of("-s", size(width, height), "-r", Integer.toString(fps)));
        command.addAll(List.of("-i", "pipe:0"));
        for (var film : films) {
            command.addAll(output(film, film.width() != width));
        }
        messages = Files.createTempFile("footage", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(messages.toFile());
        // What its libraries need of each other lies beside them: the loader looks there if told.
        var beside = program.toAbsolutePath().resolveSibling(".").normalize();
        builder.environment().put("LD_LIBRARY_PATH", beside.toString());
        process = builder.start();
        pictures = process.getOutputStream();
    }

    private static List<String> output(Film film, boolean scaled) {
        var options = new ArrayList<String>();
        if (scaled) {
            options.addAll(
                    List.of("-vf", "scale=" + size(film.width(), film.height()) + ":flags=area"));
        }
        var rate = film.kilobits() + "k";
        options.addAll(List.of("-c:v", "libopenh264", "-profile:v", "high"));
        options.addAll(List.of("-rc_mode", "bitrate", "-b:v", rate, "-maxrate", rate));
        options.addAll(List.of("-g", Integer.toString(GOP), "-bsf:v", BT709));
        options.addAll(List.of("-movflags", "+faststart", "-f", "mp4", film.path().toString()));
        return options;
    }

    private static String size(int width, int height) {
        return width + "x" + height;
    }

    /// One picture: its Y, U and V planes one after another.
    void add(byte[] picture) throws IOException {
        try {
            pictures.write(picture);
        } catch (IOException e) {
            throw new IOException(whatItSaid(), e);
        }
    }

    /// Waits until all films are whole.
    void finish() throws IOException {
        pictures.close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(whatItSaid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Encoding was interrupted", e);
        }
    }

    private String whatItSaid() throws IOException {
        var said = Files.readString(messages).strip();
        return "The ffmpeg program could not encode: %s%s"
                .formatted(
                        said.substring(0, Math.min(500, said.length())),
                        said.contains("shared libraries")
                                ? ". Install that library, on Debian by"
                                        + " `apt-get install libasound2 libpulse0 libxcb-shm0`"
                                : "");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(messages);
    }
}
