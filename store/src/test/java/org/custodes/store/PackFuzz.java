package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.custodes.fuzz.HostileInput;
import org.custodes.mishap.SimulatedDisk;

/// A pack file. Checksums are made right before it is read: who writes packs to do harm can do that too.
public final class PackFuzz {
    private static final long A_MINUTE = 60_000_000;

    private PackFuzz() {}

    static List<byte[]> seeds() throws IOException {
        return GoldenFiles.ending(".pack");
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var file = input.clone();
        mend(file, PackHeader.SIZE);
        var path = new SimulatedDisk().path("/a.pack");
        Files.write(path, file);
        HostileInput.withinBounds(() -> read(path));
    }

    /// Makes the checksum of each entry right.
    static void mend(byte[] file, int from) {
        var at = from;
        while (at + PackEntry.FRAME <= file.length) {
            var in = ByteBuffer.wrap(file, at, PackEntry.FRAME);
            var type = in.get() & 0xff;
            var length = in.getInt();
            var content = at + PackEntry.FRAME;
            if (length < 0 || length > file.length - content) {
                return;
            }
            var crc = PackEntry.startChecksum(type, length);
            crc.update(file, content, length);
            in.putInt((int) crc.getValue());
            at = content + length;
        }
    }

    private static void read(Path path) throws IOException {
        try (var reader = PackReader.open(new Disk(), path, PackReader.AHEAD)) {
            var scan = PackScan.of(reader, reader.size());
            var _ = PackScan.ofKilled(reader, reader.size(), A_MINUTE);
            for (var offset = (long) PackHeader.SIZE; offset < scan.end(); ) {
                var head = reader.head(offset, scan.end());
                if (head.isEmpty()) {
                    return;
                }
                var _ = reader.whole(head.get());
                try {
                    var _ = reader.entry(head.get(), scan::index);
                } catch (StoreFormatException refused) {
                    // The next one may be read.
                }
                offset = head.get().end();
            }
        } catch (StoreFormatException refused) {
            // As it should be.
        }
    }
}
