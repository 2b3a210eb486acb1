package org.custodes.access;

import java.util.Objects;
import java.util.Optional;

/// Why somebody wants to look.
///
/// @param purpose a code of [Purpose]; empty if none was given
/// @param caseNumber of the case that it belongs to
public record Why(Optional<String> purpose, Optional<String> caseNumber) {

    /// Nothing was said.
    public static final Why UNSAID = new Why(Optional.empty(), Optional.empty());

    public Why {
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(caseNumber);
    }
}
