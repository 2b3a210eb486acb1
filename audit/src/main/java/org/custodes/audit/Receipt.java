package org.custodes.audit;

import java.time.Instant;
import java.util.Objects;
import org.custodes.media.Bytes;

/// Proof that an entry is durable. Only the log makes one, so whoever asks for a receipt as an
/// argument cannot be called without an entry (DESIGN section 5).
public final class Receipt {
    private final long index;
    private final Instant time;
    private final Bytes hash;

    Receipt(long index, Instant time, Bytes hash) {
        this.index = index;
        this.time = Objects.requireNonNull(time);
        this.hash = Objects.requireNonNull(hash);
    }

    /// The entry's place in the log, from 0.
    public long index() {
        return index;
    }

    /// When it was told to the log, by the recorder's clock, in whole microseconds.
    public Instant time() {
        return time;
    }

    /// The hash of the log up to and with this entry (provisional: `docs/formats/audit.md`).
    public Bytes hash() {
        return hash;
    }

    @Override
    public String toString() {
        return "entry %d of %s".formatted(index, time);
    }
}
