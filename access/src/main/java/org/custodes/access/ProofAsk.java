package org.custodes.access;

import java.util.Objects;
import java.util.Set;

/// How somebody can prove once more who they are.
///
/// @param passkey what their passkey would sign, if they have one
public record ProofAsk(Set<Way> ways, PasskeyAsk passkey) {

    /// A kind of [Confirmation].
    public enum Way {
        PASSKEY,
        CODE,
        /// A demo's people, on the recorder itself.
        NOTHING
    }

    public ProofAsk {
        ways = Set.copyOf(ways);
        Objects.requireNonNull(passkey);
    }
}
