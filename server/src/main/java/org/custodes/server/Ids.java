package org.custodes.server;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Ids and times as they stand in addresses and messages.
final class Ids {
    /// `UUID.fromString` takes `1-1-1-1-1` too; two texts for one id would be two addresses.
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Ids() {}

    static Optional<UUID> parse(String text) {
        return text.length() == 36 && UUID_TEXT.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /// Reads an RFC 3339 time.
    ///
    /// @throws java.time.format.DateTimeParseException if it is none
    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
