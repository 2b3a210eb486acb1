package org.custodes.audit;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Vault;

/// Reads entries backwards, one segment of at most a few MiB at a time.
final class LogReader {
    /// How many entries one reading looks at, at most.
    private static final int MOST_SEEN = 50_000;

    private final Path folder;
    private final Vault vault;

    LogReader(Path folder, Vault vault) {
        this.folder = folder;
        this.vault = vault;
    }

    Page read(Query query, Extent extent) throws IOException {
        var found = new ArrayList<Entry>();
        var before = Math.min(query.before().orElse(Long.MAX_VALUE), extent.nextIndex());
        var seen = 0;
        for (var name : extent.segments().reversed()) {
            if (name.firstIndex() >= before || !mayHold(name.month(), query)) {
                continue;
            }
            var segment = segment(name, extent);
            for (var i = last(segment, name, before); i >= 0; i--) {
                before = name.firstIndex() + i;
                open(segment.orElseThrow().frames().get(i), query).ifPresent(found::add);
                seen++;
                if (found.size() == query.limit() || seen == MOST_SEEN) {
                    return new Page(found, more(before, extent));
                }
            }
        }
        return new Page(found, OptionalLong.empty());
    }

    private Optional<Segment> segment(SegmentName name, Extent extent) throws IOException {
        var limit = name.equals(extent.segments().getLast()) ? extent.lastLength() : Long.MAX_VALUE;
        try {
            return Segment.read(name.in(folder), limit);
        } catch (NoSuchFileException emptyOneThatWasReplaced) {
            return Optional.empty();
        }
    }

    private static int last(Optional<Segment> segment, SegmentName name, long before) {
        var count = segment.map(read -> read.frames().size()).orElse(0);
        return (int) Math.min(count, before - name.firstIndex()) - 1;
    }

    private static OptionalLong more(long before, Extent extent) {
        return before > extent.segments().getFirst().firstIndex()
                ? OptionalLong.of(before)
                : OptionalLong.empty();
    }

    /// A segment holds the entries of one month, so most of a long log need not be read at all.
    private static boolean mayHold(YearMonth month, Query query) {
        return query.from().filter(from -> month.isBefore(StoredEntry.month(from))).isEmpty()
                && query.to().filter(to -> month.isAfter(StoredEntry.month(to))).isEmpty();
    }

    private Optional<Entry> open(Frame frame, Query query) {
        var stored = StoredEntry.decode(frame.map().array());
        if (!matches(stored, query)) {
            return Optional.empty();
        }
        return Optional.of(open(stored, frame)).filter(entry -> matches(entry, query));
    }

    private Entry open(StoredEntry stored, Frame frame) {
        var opened = personal(stored);
        var personal = opened.orElseGet(PersonalPart::expired);
        return new Entry(
                stored.index(),
                stored.time(),
                stored.timeError(),
                personal.actor(),
                opened.isEmpty(),
                stored.action(),
                stored.object() + personal.object(),
                stored.purpose().or(() -> some(personal.purpose())),
                stored.caseId().or(() -> some(personal.caseId())),
                stored.decision(),
                stored.outcome(),
                personal.text(),
                frame.hash());
    }

    /// Empty if the key is gone. Bytes that do not open although the key is there were changed: that
    /// is said as what it is when the log is verified, and must not stop a reader from seeing the rest.
    private Optional<PersonalPart> personal(StoredEntry stored) {
        try {
            return vault.existingBox(stored.alias().keyName())
                    .map(box ->
                            PersonalPart.decode(
                                    box.open(stored.sealed().array(), stored.context())));
        } catch (CannotOpenException gone) {
            return Optional.empty();
        }
    }

    /// What can be told without a key.
    private static boolean matches(StoredEntry entry, Query query) {
        return (query.actions().isEmpty() || query.actions().contains(entry.action()))
                && query.outcome().filter(wanted -> wanted != entry.outcome()).isEmpty()
                && query.from().filter(from -> entry.time().isBefore(from)).isEmpty()
                && query.to().filter(to -> !entry.time().isBefore(to)).isEmpty();
    }

    private static boolean matches(Entry entry, Query query) {
        return (query.person().isEmpty() || query.person().equals(entry.actor().person()))
                && entry.object().startsWith(query.object())
                && (query.text().isEmpty() || holds(entry, query.text().toLowerCase(Locale.ROOT)));
    }

    private static boolean holds(Entry entry, String text) {
        return String.join(
                        "\n",
                        entry.actor().name(),
                        entry.actor().address(),
                        entry.actor().workstation(),
                        entry.action(),
                        entry.object(),
                        entry.purpose().orElse(""),
                        entry.caseId().orElse(""),
                        entry.text())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
