package org.custodes.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// What a reader looks for. All that is given must hold.
///
/// @param actions the codes to show; empty shows all
/// @param person what this person did
/// @param object the beginning of the object, such as `camera/`; empty shows all
/// @param outcome how it ended
/// @param from the earliest time shown
/// @param to entries of this time and later are not shown
/// @param text stands somewhere in name, address, object, purpose, case or text, in any case of
///     letters; empty shows all
/// @param before only entries with a smaller index; empty begins at the newest
/// @param limit how many entries at most, 1 to 1,000
public record Query(
        Set<String> actions,
        Optional<UUID> person,
        String object,
        Optional<Outcome> outcome,
        Optional<Instant> from,
        Optional<Instant> to,
        String text,
        OptionalLong before,
        int limit) {

    public Query {
        actions = Set.copyOf(actions);
        Objects.requireNonNull(person);
        Objects.requireNonNull(object);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(text);
        Objects.requireNonNull(before);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException(
                    "A page has 1 to 1,000 entries, but got %d".formatted(limit));
        }
    }

    /// The newest entries, whatever they are.
    public static Query newest(int limit) {
        return new Query(
                Set.of(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                OptionalLong.empty(),
                limit);
    }

    /// The same question about older entries: those with a smaller index.
    public Query before(long index) {
        return new Query(
                actions, person, object, outcome, from, to, text, OptionalLong.of(index), limit);
    }
}
