package org.custodes.audit;

import java.time.YearMonth;
import java.util.Objects;
import org.custodes.media.Bytes;

/// What is left of something that belongs to an entry and is kept elsewhere ([AuditLog#enclose]).
public sealed interface Enclosed {

    /// It is as it was sealed.
    record Whole(Bytes content) implements Enclosed {
        public Whole {
            Objects.requireNonNull(content);
        }
    }

    /// Its key is gone, and with it what the log knew of that person in that month.
    ///
    /// @param month of UTC, as it says itself
    record Expired(YearMonth month) implements Enclosed {
        public Expired {
            Objects.requireNonNull(month);
        }
    }

    /// It is not what was sealed, byte for byte.
    record Changed() implements Enclosed {}
}
