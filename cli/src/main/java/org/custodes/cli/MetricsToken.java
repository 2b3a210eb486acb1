package org.custodes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.custodes.server.ServerSettings;

/// The file with the token that a scraper of metrics shows.
final class MetricsToken {
    private static final int BYTES = 32;
    private static final long LONGEST = 1_024;

    private MetricsToken() {}

    /// The token in this file, which is made if it is not there, readable by its owner and group: the
    /// scraper is another user, best of the same group.
    ///
    /// @throws CannotStartException if it cannot be read or made, or if everybody may read it
    static String in(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The token for metrics in %s cannot be read or made: %s. Check its folder and rights."
                            .formatted(file, e),
                    e);
        }
    }

    private static void make(Path file) throws IOException {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(
                aside,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                aside, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
        // Said after it was made, for the umask takes rights away from a new file.
        Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-r-----"));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String read(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new CannotStartException(
                    "Everybody on this machine may read the token for metrics in %s: take that right away (chmod o-r)."
                            .formatted(file));
        }
        var token = Files.size(file) > LONGEST ? "" : Files.readString(file).strip();
        if (!token.matches("[!-~]{%d,}".formatted(ServerSettings.SHORTEST_TOKEN))) {
            throw new CannotStartException(
                    "%s holds no token for metrics: one line of at least %d letters and digits. Remove the file, and a start makes one."
                            .formatted(file, ServerSettings.SHORTEST_TOKEN));
        }
        return token;
    }
}
