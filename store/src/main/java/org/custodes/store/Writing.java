package org.custodes.store;

import java.util.ArrayDeque;
import java.util.Deque;

/// What the writer holds of a pack that is being written. Of its one thread.
final class Writing {
    /// Half a minute at a sync every 2 s.
    private static final int SYNCS_KEPT = 15;

    private static final long LEAST_LET_GO = 1 << 20;

    final DiskFile file;

    /// Whether its beginning stands in the catalogue.
    boolean noted;

    /// How long the file was at the last syncs, oldest first.
    private final Deque<Long> synced = new ArrayDeque<>();

    /// Up to where the system was told that it need not keep it in memory.
    private long letGo;

    Writing(DiskFile file) {
        this.file = file;
    }

    /// All that is written of it is synced. What was synced a while ago is seldom asked for: viewers of the
    /// running GOP and of the last half minute still find theirs in the system's memory.
    void synced(Disk disk, OpenPack pack) {
        synced.addLast(pack.written());
        if (synced.size() > SYNCS_KEPT) {
            var until = synced.removeFirst();
            if (until - letGo >= LEAST_LET_GO) {
                disk.letGo(pack.file(), letGo, until);
                letGo = until;
            }
        }
    }
}
