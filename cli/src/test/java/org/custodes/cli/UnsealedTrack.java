package org.custodes.cli;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.custodes.cli.Recording.RecordedFrame;
import org.custodes.media.Bytes;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.ClockState;
import org.custodes.store.Origin;
import org.custodes.store.PackStart;
import org.custodes.store.PackWriter;
import org.custodes.store.Store;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// Hands frames to a store as `capture` does, but for the sealing: the product knows no such way.
final class UnsealedTrack {
    private final Store store;
    private final TrackId track;
    private final Set<Bytes> windows = new HashSet<>();
    private @Nullable PackWriter pack;
    private long number;

    UnsealedTrack(Store store, TrackId track) {
        this.store = store;
        this.track = track;
    }

    /// The windows of all that was handed over.
    Set<Bytes> windows() {
        return windows;
    }

    void record(RecordedFrame frame) {
        if (pack == null) {
            pack = begin(frame, frame.wallTime());
        }
        var sealed = frame.sealed();
        var plain = frame.payload().array();
        pack.append(
                new Sealed(pack.binding(), numbered(sealed.header()), sealed.commitment(), plain));
        windows.addAll(PlainSearch.windows(frame.unit()));
    }

    private PackWriter begin(RecordedFrame frame, Instant at) {
        return store.begin(
                new PackStart(
                        track,
                        frame.codec(),
                        0,
                        ClockState.UNKNOWN,
                        Origin.LIVE,
                        at,
                        GapCause.CONTINUES));
    }

    private RecordHeader numbered(RecordHeader header) {
        return new RecordHeader(
                header.stream(),
                number++,
                header.slot(),
                header.wallMicros(),
                header.mediaTime(),
                header.cameraMicros(),
                header.flags());
    }
}
