package org.custodes.vault;

import java.util.UUID;

/// What ties records to their pack: its id (16 random bytes, fresh at every opening of a file), the
/// tree whose slots seal it, and its header as written, which every record authenticates.
/// Its arrays are handed on, never changed by anybody.
public final class PackBinding {
    private final UUID packId;
    private final TreeId tree;
    private final byte[] header;

    public PackBinding(UUID packId, TreeId tree, byte[] header) {
        this.packId = packId;
        this.tree = tree;
        this.header = header;
    }

    public UUID packId() {
        return packId;
    }

    public TreeId tree() {
        return tree;
    }

    /// The pack header's bytes; not to be changed by anybody.
    public byte[] header() {
        return header;
    }
}
