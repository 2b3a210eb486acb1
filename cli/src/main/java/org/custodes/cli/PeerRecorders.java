package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The peer's recorder: one `ffmpeg -c copy -f segment` per camera, as most others run it. It seals
/// nothing, keeps no catalogue and syncs nothing.
final class PeerRecorders implements AutoCloseable {
    private final Path folder;
    private final List<ChildProgram> programs;

    private PeerRecorders(Path folder, List<ChildProgram> programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /// Starts one after the other.
    ///
    /// @param folder where their segments of 10 s go
    static PeerRecorders start(List<URI> cameras, Path folder) {
        return new PeerRecorders(
                folder, cameras.stream().map(camera -> ffmpeg(camera, folder)).toList());
    }

    ProcessTree processes() {
        return new ProcessTree(
                programs.stream().map(program -> program.process().toHandle()).toList());
    }

    /// The segments that hold anything.
    Set<Path> segments() {
        try (var found = Files.list(folder)) {
            return found.filter(PeerRecorders::holdsAnything).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether every camera has a segment that is not one of these.
    boolean allBegan(Set<Path> before) {
        var fresh = new HashSet<String>();
        for (var segment : segments()) {
            if (!before.contains(segment)) {
                fresh.add(segment.getFileName().toString().replaceFirst("-\\d+\\.mp4$", ""));
            }
        }
        return fresh.size() == programs.size();
    }

    void kill() {
        // All at the same moment, and only then is each waited for.
        programs.forEach(program -> program.process().destroyForcibly());
        programs.forEach(ChildProgram::kill);
    }

    @Override
    public void close() {
        programs.forEach(program -> program.process().destroy());
        programs.forEach(ChildProgram::close);
    }

    private static boolean holdsAnything(Path segment) {
        try {
            return Files.size(segment) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static ChildProgram ffmpeg(URI camera, Path folder) {
        return ChildProgram.foreign(
                Processors.RECORDERS,
                List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        camera.toString(),
                        "-c",
                        "copy",
                        "-f",
                        "segment",
                        "-segment_time",
                        "10",
                        "-segment_format",
                        "mp4",
                        "-reset_timestamps",
                        "1",
                        "-strftime",
                        "1",
                        folder.resolve(camera.getPath().substring(1) + "-%Y%m%d%H%M%S.mp4")
                                .toString()));
    }
}
