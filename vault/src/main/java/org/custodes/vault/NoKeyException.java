package org.custodes.vault;

/// There is no key to seal under: the tree was not prepared, or its nodes for this time are gone.
public final class NoKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKeyException(TreeId tree) {
        super(
                ("There is no key tree for class %d of camera %s on %s in era %d."
                                + " Prepare the tree before a pack is sealed under it.")
                        .formatted(tree.mediaClass(), tree.camera(), tree.day(), tree.era()));
    }

    NoKeyException(TreeId tree, int slot) {
        super(
                ("The keys of slot %d of class %d of camera %s on %s in era %d are gone already."
                                + " After a step back of the clock begin a new era and a new pack.")
                        .formatted(slot, tree.mediaClass(), tree.camera(), tree.day(), tree.era()));
    }
}
