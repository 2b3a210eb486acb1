package org.custodes.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of the golden folder, as they are.
final class GoldenFiles {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "v1", "media");

    private GoldenFiles() {}

    static List<byte[]> ending(String name) throws IOException {
        var found = new ArrayList<byte[]>();
        try (var files = Files.walk(FOLDER)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(name)).sorted().toList()) {
                found.add(Files.readAllBytes(file));
            }
        }
        return found;
    }
}
