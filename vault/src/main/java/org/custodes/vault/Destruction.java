package org.custodes.vault;

import java.util.List;

/// What came of a puncture: all that a receipt has to say of keys.
///
/// @param puncture what was asked
/// @param proof which nodes went, and that none is left
/// @param attestation what may honestly be said of destroyed keys under this root key
/// @param copies how each copy of the key store does now
public record Destruction(
        Puncture puncture, DestructionProof proof, String attestation, List<CopyState> copies) {

    public Destruction {
        copies = List.copyOf(copies);
    }

    /// Whether there was a key to destroy. If not, what was asked for had been erased, had expired or
    /// never was, and nothing was written.
    public boolean tookKeys() {
        return proof.epochAfter() > proof.epochBefore();
    }

    /// Whether no copy of the key store opens the destroyed keys any more. While a copy is missing or
    /// cannot be written it may still hold them: to give the same puncture again tries again.
    public boolean isComplete() {
        return copies.stream().allMatch(CopyState::turned);
    }
}
