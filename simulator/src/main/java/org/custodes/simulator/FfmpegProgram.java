package org.custodes.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The `ffmpeg` program out of the FFmpeg jar (LGPL build, with OpenH264), laid into a cache folder. It
/// runs as a process of its own: nothing of it is ever loaded into this one.
final class FfmpegProgram {
    private static final String FOLDER = "ffmpeg-8.0.1-1.5.13";
    private static final String IN_JAR = "org/bytedeco/ffmpeg/linux-x86_64/";
    private static final List<String> FILES =
            List.of(
                    "libavcodec.so.62",
                    "libavdevice.so.62",
                    "libavfilter.so.11",
                    "libavformat.so.62",
                    "libavutil.so.60",
                    "libdrm.so.2",
                    "libswresample.so.6",
                    "libswscale.so.9",
                    "libva-drm.so.2",
                    "libva.so.2",
                    "ffmpeg"); // last: where it lies, all lie

    private FfmpegProgram() {}

    /// The program's path. Each file is written aside, forced and renamed, so that several processes
    /// may do this at once and a half-written one is never run.
    static Path in(Path cacheFolder) throws IOException {
        var folder = Files.createDirectories(cacheFolder.resolve(FOLDER));
        var program = folder.resolve("ffmpeg");
        if (!Files.isExecutable(program)) {
            for (var name : FILES) {
                lay(name, folder);
            }
        }
        return program;
    }

    private static void lay(String name, Path folder) throws IOException {
        var aside = Files.createTempFile(folder, name, ".part");
        try (var in = resource(name)) {
            Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (!aside.toFile().setExecutable(true, false)) {
                throw new IOException(
                        "%s cannot be made executable: is its file system mounted noexec?"
                                .formatted(aside));
            }
            Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static InputStream resource(String name) throws IOException {
        var in = FfmpegProgram.class.getClassLoader().getResourceAsStream(IN_JAR + name);
        if (in == null) {
            throw new IOException(
                    "%s is not on the class path: the jar org.bytedeco:ffmpeg for linux-x86_64 is missing"
                            .formatted(IN_JAR + name));
        }
        return in;
    }
}
