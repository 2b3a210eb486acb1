package org.custodes.mishap;

/// What a name on the disk leads to. Guarded by the disk.
sealed interface Node permits FileNode, FolderNode {

    /// What of it is found after a power cut.
    Node image(Draw draw);

    /// What of it is found after the process was killed: all of it.
    Node copy();

    /// A sync of it came back well.
    void synced();

    /// A sync of it failed.
    void lost();

    /// How many decisions a power cut has to take about it.
    int unsure();

    /// Bytes that it takes.
    long bytes();

    /// Whether these bytes stand in it.
    boolean holds(byte[] bytes);
}
