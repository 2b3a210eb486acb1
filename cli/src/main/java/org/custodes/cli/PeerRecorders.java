package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The peer's recorder: one `ffmpeg -c copy -f segment` per camera, as most others run it. It seals
/// nothing, keeps no catalogue and syncs nothing.
final class PeerRecorders implements AutoCloseable {
    static final Duration SEGMENT = Duration.ofSeconds(10);

    private static final int GROUP = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<ChildProgram> programs;

    private PeerRecorders(Path folder, List<ChildProgram> programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /// Starts one after the other.
    ///
    /// @param folder where their segments go
    static PeerRecorders start(List<URI> cameras, Path folder) {
        return new PeerRecorders(
                folder, cameras.stream().map(camera -> ffmpeg(camera, folder)).toList());
    }

    /// Starts a few at a time, and the next when those have written something: a hundred that start at
    /// once have so little of a processor that the cameras give most of them up as too slow.
    static PeerRecorders startInGroups(List<URI> cameras, Path folder) {
        var all = new PeerRecorders(folder, new ArrayList<>());
        try {
            for (var first = 0; first < cameras.size(); first += GROUP) {
                var group = cameras.subList(first, Math.min(first + GROUP, cameras.size()));
                group.forEach(camera -> all.programs.add(ffmpeg(camera, folder)));
                Waiting.until(
                        "each of %d ffmpeg has written something".formatted(all.programs.size()),
                        PATIENCE,
                        () -> all.allBegan(Set.of()));
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    ProcessTree processes() {
        return new ProcessTree(
                programs.stream().map(program -> program.process().toHandle()).toList());
    }

    /// The segments that hold anything.
    Set<Path> segments() {
        try (var found = Files.list(folder)) {
            return found.filter(segment -> size(segment) > 0).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether every camera has a segment that is not one of these.
    boolean allBegan(Set<Path> before) {
        return begun(before) == programs.size();
    }

    /// How many cameras have a segment that is not one of these.
    long begun(Set<Path> before) {
        return segments().stream()
                .filter(segment -> !before.contains(segment))
                .map(PeerRecorders::cameraOf)
                .distinct()
                .count();
    }

    private static String cameraOf(Path segment) {
        return segment.getFileName().toString().replaceFirst("-\\d+\\.mp4$", "");
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

    private static long size(Path segment) {
        try {
            return Files.size(segment);
        } catch (IOException e) {
            return 0;
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
                        Long.toString(SEGMENT.toSeconds()),
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
