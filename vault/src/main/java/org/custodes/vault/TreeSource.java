package org.custodes.vault;

/// What an [Opener] may ask the vault for.
interface TreeSource {
    /// The nodes left of a tree that cover slots `from` to before `to`; none if there is no such tree.
    KeyTree cover(TreeId tree, int from, int to);

    /// Grows with every change of the key store.
    long version();
}
