package org.custodes.rights;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;

/// Somebody said yes to one request, and was allowed to. That it is used once only whoever keeps approvals
/// sees to.
///
/// @param by who
/// @param credential by which they proved who they are: two people with one credential are one
/// @param request the [Request#hash] of what they saw
/// @param at when
/// @param usedAt when it was used; what was begun in time goes on
public record Approval(
        UUID by, String credential, Bytes request, Instant at, Optional<Instant> usedAt) {

    /// How long it may be used.
    public static final Duration GOOD_FOR = Duration.ofMinutes(10);

    public Approval {
        Objects.requireNonNull(by);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(request);
        Objects.requireNonNull(at);
        Objects.requireNonNull(usedAt);
    }

    /// One that was not used yet.
    public Approval(UUID by, String credential, Bytes request, Instant at) {
        this(by, credential, request, at, Optional.empty());
    }

    boolean isGood(Instant now) {
        var age = Duration.between(at, usedAt.orElse(now));
        return !age.isNegative() && age.compareTo(GOOD_FOR) < 0 && !usedAt.orElse(now).isAfter(now);
    }
}
