package org.custodes.audit;

import org.custodes.media.Bytes;

/// What was found when every entry was read and the chain of hashes was walked.
public sealed interface Verification {

    /// Every entry is what was written.
    ///
    /// @param first the oldest entry's index
    /// @param entries how many there are, with no index missing between them
    /// @param head the hash of the log up to and with the newest
    record Holds(long first, long entries, Bytes head) implements Verification {}

    /// An entry was changed, lost or added.
    ///
    /// @param index the first entry that is not what was written
    /// @param cause what is wrong with it, in one English sentence
    record Broken(long index, String cause) implements Verification {}
}
