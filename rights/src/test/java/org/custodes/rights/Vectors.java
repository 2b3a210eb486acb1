package org.custodes.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The vectors of `docs/formats/decided.md`, which were not made by this code.
final class Vectors {
    private static final Path FILE = Path.of("..", "docs", "formats", "vectors", "decided.json");

    private Vectors() {}

    static byte[] bytes(String name) throws IOException {
        var found =
                Pattern.compile("\"" + name + "\": \"([0-9a-f]*)\"")
                        .matcher(Files.readString(FILE));
        if (!found.find()) {
            throw new IOException("There is no vector " + name);
        }
        return HexFormat.of().parseHex(found.group(1));
    }
}
