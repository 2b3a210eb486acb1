package org.custodes.vault;

import java.util.List;

/// What an [Opener] may ask the vault for.
interface TreeSource {
    /// The nodes left of a tree, and those that holds keep of it, that cover slots `from` to before `to`;
    /// none if nothing is left. A tree that was made anew after it was dropped has other keys than what a
    /// hold kept of the old one: a leaf may come from any of these.
    List<KeyTree> cover(TreeId tree, int from, int to);

    /// Grows with every change of the key store.
    long version();
}
