package org.custodes.vault;

/// The hash over all nodes of one class and UTC day, and what blinds it: without the secret somebody
/// who is shown the hash of a neighbour could try which nodes that camera has left.
///
/// @param secret 32 random bytes, the same as long as the day lives
/// @param root of the day's [MerkleMap]
record DayRoot(Hash secret, Hash root) {

    @Override
    public String toString() {
        return "DayRoot %s".formatted(root);
    }
}
