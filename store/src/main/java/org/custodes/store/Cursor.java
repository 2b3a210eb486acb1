package org.custodes.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.store.CatalogueEntry.Gap;
import org.jspecify.annotations.Nullable;

/// Walks one track's records in decoding order, over packs, volumes and the growing end as one path.
/// One thread; reads one record at a time. A new cursor stands before the first record.
///
/// A record that is not in its pack's file yet comes from the tail: it has its offset in the file from
/// the moment it was appended, so there is nothing twice and nothing missing at the seam.
public final class Cursor implements AutoCloseable {
    private static final Item.Edge EDGE = new Item.Edge();

    private final TrackPacks packs;
    private final Disk disk;

    private @Nullable PackView pack;
    private long offset;
    private @Nullable PackReader reader;
    private @Nullable PackIndex storedIndex;

    /// Gaps that were met and are still to be told.
    private final Deque<Item> gaps = new ArrayDeque<>();

    private long lastWall = Long.MIN_VALUE;
    private @Nullable Gap runningGap;
    private long edgeGeneration = -1;

    Cursor(TrackPacks packs, Disk disk) {
        this.packs = packs;
        this.disk = disk;
    }

    /// Goes to the last key frame at or before `at`. Where the clock stepped back and an instant
    /// happened twice, to the first time it happened.
    ///
    /// @return false if there is none; the position is then the first key frame after it, if any
    public boolean toKeyAtOrBefore(Instant at) {
        var wall = Wall.micros(at);
        for (var found = packs.at(wall);
                found.isPresent();
                found = packs.before(found.get().header())) {
            enter(found.get());
            var key = index().lastKeyAtOrBefore(wall);
            if (key >= 0) {
                offset = index().keyOffset(key);
                return true;
            }
        }
        toKeyAfter(at);
        return false;
    }

    /// Goes to the first key frame after `at`.
    ///
    /// @return false if there is none yet; the position is then the growing end
    public boolean toKeyAfter(Instant at) {
        var wall = Wall.micros(at);
        var found = packs.withKeyAfter(wall);
        if (found.isPresent()) {
            enter(found.get());
            var key = index().firstKeyAfter(wall);
            if (key >= 0) {
                offset = index().keyOffset(key);
                return true;
            }
        }
        packs.last().ifPresent(this::enterAtEnd);
        return false;
    }

    /// The record at the position (or the gap before it), moving past it. At the growing end
    /// [Item.Edge]; ask again later.
    public Item next() {
        while (gaps.isEmpty()) {
            if (pack == null && !toFirst()) {
                return EDGE;
            }
            switch (look()) {
                case Look.Found(var entry, var after) -> {
                    offset = after;
                    var item = take(entry);
                    if (item.isPresent()) {
                        return item.get();
                    }
                }
                case Look.Unreadable() -> skipUnreadable();
                case Look.NotYet() -> {
                    return EDGE;
                }
                case Look.End() -> {
                    if (!toNextPack()) {
                        return EDGE;
                    }
                }
            }
        }
        return gaps.removeFirst();
    }

    /// The next key frame at or after the position (or the gap before it), moving past it. At the
    /// growing end [Item.Edge]; ask again later.
    public Item nextKey() {
        while (gaps.isEmpty()) {
            if (pack == null && !toFirst()) {
                return EDGE;
            }
            var index = index();
            var key = index.firstKeyFrom(offset);
            if (key >= 0) {
                offset = index.keyOffset(key);
                return next();
            }
            if (!current().settled()) {
                return EDGE;
            }
            offset = Math.max(offset, endOf(current()));
            if (!toNextPack()) {
                return EDGE;
            }
        }
        return gaps.removeFirst();
    }

    /// The last key frame before the position, moving to it: asked again and again it walks
    /// backwards from key to key, and [#next] after it answers the same key frame. Gaps are passed
    /// over. Before the first key frame [Item.Edge].
    public Item previousKey() {
        gaps.clear();
        runningGap = null;
        while (pack != null) {
            var index = index();
            var key = index.lastKeyBefore(offset);
            if (key >= 0) {
                offset = index.keyOffset(key);
                if (look() instanceof Look.Found(PackEntry.Recorded(var sealed), var after)
                        && after - new PackEntry.Recorded(sealed).size() == offset) {
                    lastWall = sealed.header().wallMicros();
                    return new Item.Stored(current().header().codec(), sealed);
                }
                continue;
            }
            var before = packs.before(current().header());
            if (before.isEmpty()) {
                return EDGE;
            }
            enterAtEnd(before.get());
        }
        return EDGE;
    }

    /// What stands at the position.
    private sealed interface Look {
        record Found(PackEntry entry, long after) implements Look {}

        /// Nothing yet; it will come.
        record NotYet() implements Look {}

        /// Nothing more in this pack.
        record End() implements Look {}

        record Unreadable() implements Look {}
    }

    private Look look() {
        // In this order: a pack settles after its last write, and the tail lets go after the write.
        var view = current();
        var settled = view.settled();
        var written = view.written();
        if (offset < written) {
            return read(view, written);
        }
        if (view instanceof OpenPack open) {
            var held = packs.track().tail().at(open, offset);
            if (held.isPresent()) {
                return new Look.Found(held.get().entry(), held.get().end());
            }
            if (offset < open.written()) {
                return read(view, open.written());
            }
            if (open.volume().isEmpty()) {
                return inTailOnly(open, settled);
            }
        }
        return settled ? new Look.End() : new Look.NotYet();
    }

    /// What the tail let go of a pack without a file is lost: go on at the next key frame it holds.
    private Look inTailOnly(OpenPack open, boolean settled) {
        var held = packs.track().tail().keyFrom(open, offset);
        if (held.isPresent()) {
            return new Look.Found(held.get().entry(), held.get().end());
        }
        return settled ? new Look.End() : new Look.NotYet();
    }

    private Look read(PackView view, long written) {
        try {
            if (reader == null) {
                reader = PackReader.open(disk, view.file(), PackReader.AHEAD);
            }
            var head = reader.head(offset, written);
            return head.isEmpty()
                    ? new Look.Unreadable()
                    : new Look.Found(reader.entry(head.get(), this::index), head.get().end());
        } catch (IOException | StoreFormatException e) {
            return new Look.Unreadable();
        }
    }

    /// Turns an entry into what is told: a record, with the gap before it if one was noted.
    private Optional<Item> take(PackEntry entry) {
        switch (entry) {
            case PackEntry.Recorded(var sealed) -> {
                if (sealed.header().end()) {
                    return Optional.empty();
                }
                var wall = sealed.header().wallMicros();
                var item = new Item.Stored(current().header().codec(), sealed);
                if (runningGap != null) {
                    tell(
                            runningGap.since(),
                            Math.min(runningGap.until(), wall),
                            runningGap.cause());
                    runningGap = null;
                }
                lastWall = wall;
                if (gaps.isEmpty()) {
                    return Optional.of(item);
                }
                gaps.add(item);
                return Optional.empty();
            }
            case PackEntry.GapNote(var since, var cause) -> {
                endRunningGap(since);
                runningGap = new Gap(since, CatalogueEntry.OPEN, cause);
            }
            case PackEntry.ClockNote(var from, var to) -> {
                endRunningGap(from);
                runningGap = new Gap(from, to, GapCause.CLOCK_STEPPED);
            }
            case PackEntry.Slot _ -> {
                // Only read for its commitment.
            }
        }
        return Optional.empty();
    }

    private void endRunningGap(long until) {
        if (runningGap != null) {
            tell(runningGap.since(), Math.min(runningGap.until(), until), runningGap.cause());
        }
    }

    private void tell(long since, long until, GapCause cause) {
        if (since < until) {
            gaps.add(new Item.Gap(new TimeRange(Wall.instant(since), Wall.instant(until)), cause));
        }
    }

    /// Bytes went bad or the disk does not give them: that stretch is a gap, and the next key frame
    /// that can be found goes on. A pack that is gone altogether was dropped.
    private void skipUnreadable() {
        var view = current();
        var key = index().firstKeyFrom(offset + 1);
        var gone = reader == null;
        offset = key >= 0 && !gone ? index().keyOffset(key) : endOf(view);
        if (!gone && lastWall != Long.MIN_VALUE) {
            var until = key >= 0 ? index().keyWall(key) : view.lastWall();
            tell(lastWall + 1, until, GapCause.DISK_FAILED);
        }
    }

    private boolean toFirst() {
        packs.first().ifPresent(this::enter);
        return pack != null;
    }

    private boolean toNextPack() {
        var generation = packs.track().generation();
        if (generation == edgeGeneration) {
            // Nothing was begun or ended since the last look: do not read the catalogue again.
            return false;
        }
        var before = current();
        var next = packs.after(before.header());
        if (next.isEmpty()) {
            edgeGeneration = generation;
            return false;
        }
        var running = runningGap;
        var met = packs.between(before, next.get());
        enter(next.get());
        if (met.isEmpty() && running != null) {
            runningGap = running;
        }
        met.forEach(gap -> tell(gap.since(), gap.until(), gap.cause()));
        return true;
    }

    private void enter(PackView view) {
        leave();
        gaps.clear();
        runningGap = null;
        pack = view;
        offset = PackHeader.SIZE;
        edgeGeneration = -1;
    }

    private void enterAtEnd(PackView view) {
        enter(view);
        offset = endOf(view);
    }

    private static long endOf(PackView view) {
        return view instanceof OpenPack open && !open.settled() ? open.size() : view.written();
    }

    private PackView current() {
        if (pack == null) {
            throw new IllegalStateException("The cursor stands in no pack");
        }
        return pack;
    }

    private PackIndex index() {
        if (storedIndex != null) {
            return storedIndex;
        }
        var index = current().index();
        if (current() instanceof StoredPack) {
            storedIndex = index;
        }
        return index;
    }

    private void leave() {
        storedIndex = null;
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                // It was only read from: nothing is lost.
                reader = null;
            }
            reader = null;
        }
    }

    /// Lets the file go that is being read.
    @Override
    public void close() {
        leave();
        pack = null;
    }
}
