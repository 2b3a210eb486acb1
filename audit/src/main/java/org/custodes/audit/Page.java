package org.custodes.audit;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// Entries that were found, newest first.
///
/// @param entries may be fewer than asked for, even none, although more follow: one reading looks
///     through a bounded stretch of the log
/// @param next the `before` of the query that goes on from here; empty at the log's beginning
public record Page(List<Entry> entries, OptionalLong next) {

    public Page {
        entries = List.copyOf(entries);
        Objects.requireNonNull(next);
    }
}
