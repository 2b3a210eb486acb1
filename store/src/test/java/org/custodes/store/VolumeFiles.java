package org.custodes.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds files of a volume.
final class VolumeFiles {
    private VolumeFiles() {}

    static List<Path> all(Path folder, String suffix) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        }
    }

    static Path onlyPack(Path volume) throws IOException {
        var packs = all(volume, Layout.PACK_SUFFIX);
        if (packs.size() != 1) {
            throw new AssertionError("Not one pack but " + packs);
        }
        return packs.getFirst();
    }
}
