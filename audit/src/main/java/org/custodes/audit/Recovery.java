package org.custodes.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds where the log ends after the program, or the machine, has stopped in the middle of a write.
///
/// Only the last segment is read: all before it were whole when it was begun. What follows its last
/// whole frame is kept in a file beside it and cut off. Nobody has a receipt for it, unless the disk
/// lost what it had promised; so the cut is never silent: [AuditLog] makes an entry of it.
final class Recovery {
    /// What was found.
    ///
    /// @param last the segment that the log goes on after; empty if there is none
    /// @param cuts what was cut off, in one sentence each
    record Found(Extent extent, Optional<Segment> last, List<String> cuts) {}

    private final Path folder;
    private final List<String> cuts = new ArrayList<>();

    private Recovery(Path folder) {
        this.folder = folder;
    }

    static Found in(Path folder) throws IOException {
        return new Recovery(folder).find();
    }

    private Found find() throws IOException {
        var names = SegmentName.list(folder);
        while (!names.isEmpty()) {
            var name = names.lastEntry().getValue();
            var segment = Segment.read(name.in(folder), Long.MAX_VALUE);
            if (segment.isPresent()) {
                cutTail(name, segment.get());
                var extent =
                        new Extent(
                                List.copyOf(names.values()),
                                segment.get().length(),
                                name.firstIndex() + segment.get().frames().size(),
                                segment.get().hash());
                return new Found(extent, segment, cuts);
            }
            setAside(name);
            names.pollLastEntry();
        }
        return new Found(new Extent(List.of(), 0, 0, Frame.NO_HASH), Optional.empty(), cuts);
    }

    /// Steps: copy the tail, sync the copy, cut, sync. A crash between them does it again.
    private void cutTail(SegmentName name, Segment segment) throws IOException {
        if (!segment.torn()) {
            return;
        }
        var file = name.in(folder);
        var copy = free(file);
        try (var from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var to =
                        FileChannel.open(
                                copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var tail = from.size() - segment.length();
            for (var done = 0L; done < tail; ) {
                done += from.transferTo(segment.length() + done, tail - done, to);
            }
            to.force(true);
            from.truncate(segment.length());
            from.force(true);
            cuts.add(
                    "%d bytes after entry %d were no whole entry; they were moved to %s"
                            .formatted(
                                    tail,
                                    name.firstIndex() + segment.frames().size() - 1,
                                    copy.getFileName()));
        }
    }

    private void setAside(SegmentName name) throws IOException {
        var copy = free(name.in(folder));
        Files.move(name.in(folder), copy, StandardCopyOption.ATOMIC_MOVE);
        cuts.add(
                "The segment that was to begin with entry %d has no whole header; it was moved to %s"
                        .formatted(name.firstIndex(), copy.getFileName()));
    }

    private static Path free(Path file) {
        var number = 1;
        Path free;
        do {
            free = file.resolveSibling("%s.torn%d".formatted(file.getFileName(), number++));
        } while (Files.exists(free));
        return free;
    }
}
