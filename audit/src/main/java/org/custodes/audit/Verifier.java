package org.custodes.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.custodes.media.Bytes;

/// Walks the whole log from its oldest segment and looks for the first entry that is not what was
/// written. Needs no key.
final class Verifier {
    private final Path folder;
    private final Extent extent;

    // How far the walk has come.
    private long next;
    private Bytes hash = Frame.NO_HASH;

    Verifier(Path folder, Extent extent) {
        this.folder = folder;
        this.extent = extent;
    }

    Verification verify() throws IOException {
        if (extent.segments().isEmpty()) {
            return new Verification.Holds(0, 0, hash);
        }
        var first = extent.segments().getFirst().firstIndex();
        next = first;
        for (var name : extent.segments()) {
            var wrong = wrongWith(name);
            if (wrong.isPresent()) {
                return new Verification.Broken(next, wrong.get());
            }
        }
        return next == extent.nextIndex() && hash.equals(extent.hash())
                ? new Verification.Holds(first, next - first, hash)
                : new Verification.Broken(next, "The last entries of the log are missing.");
    }

    private Optional<String> wrongWith(SegmentName name) throws IOException {
        var isLast = name.equals(extent.segments().getLast());
        Optional<Segment> read;
        try {
            read = Segment.read(name.in(folder), isLast ? extent.lastLength() : Long.MAX_VALUE);
        } catch (NoSuchFileException gone) {
            return Optional.of("The file of its segment is gone.");
        }
        if (read.isEmpty()) {
            return Optional.of("The header of its segment was changed.");
        }
        return wrongWith(name, read.get());
    }

    private Optional<String> wrongWith(SegmentName name, Segment segment) {
        var header = segment.header();
        var oldest = name.equals(extent.segments().getFirst());
        if (header.firstIndex() != next
                || name.firstIndex() != next
                || !header.month().equals(name.month())) {
            return Optional.of("Entries are missing before the segment %s.".formatted(name));
        }
        // Older segments than the oldest one may have been deleted when their time was up.
        if (!oldest && !header.hashBefore().equals(hash)) {
            return Optional.of("Its segment does not continue the one before it.");
        }
        hash = header.hashBefore();
        for (var frame : segment.frames()) {
            var wrong = wrongWith(frame, header);
            if (wrong.isPresent()) {
                return wrong;
            }
            hash = frame.hash();
            next++;
        }
        return segment.torn() ? Optional.of("Its bytes were changed or cut.") : Optional.empty();
    }

    private Optional<String> wrongWith(Frame frame, SegmentHeader header) {
        if (!Frame.hash(hash, frame.map().array()).equals(frame.hash())) {
            return Optional.of("It does not follow from the entry before it.");
        }
        try {
            var entry = StoredEntry.decode(frame.map().array());
            return entry.index() == next && entry.alias().month().equals(header.month())
                    ? Optional.empty()
                    : Optional.of("It does not belong at this place.");
        } catch (MalformedEntryException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }
}
