package org.custodes.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Lays the temporary folders of a room's tests in memory if this machine has room for them there.
///
/// Nearly every step of such a test is written durably: its log, its keys, its database. On a disk that takes
/// 15 ms for that, they wait for it five sixths of their time. Rooms that are not about the disk choose this in
/// `junit-platform.properties`; those that are (`store`, `audit`, `vault`, `database`, and the whole in `cli`)
/// do not.
public final class FoldersInMemory implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    /// Several times what a database and all that a test lays beside it take. Containers often have 64 MB.
    private static final long ROOM = 1L << 30;

    /// For JUnit.
    public FoldersInMemory() {}

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
            throws IOException {
        return made();
    }

    /// A new folder, which whoever asked for it removes.
    public static Path made() throws IOException {
        return hasRoom()
                ? Files.createTempDirectory(MEMORY, "custodes-test-")
                : Files.createTempDirectory("custodes-test-");
    }

    private static boolean hasRoom() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    }
}
