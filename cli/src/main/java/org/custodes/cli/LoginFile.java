package org.custodes.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Who this command line is, at which server: written by `custodes login`, readable by its owner only.
record LoginFile(URI server, String authority, String token, String person, String expiresAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Optional<LoginFile> read(Path folder) {
        var file = folder.resolve("login.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), LoginFile.class));
        } catch (IOException | RuntimeException e) {
            throw new CannotStartException(
                    "Cannot read %s (%s). Sign in again with: custodes login".formatted(file, e),
                    e);
        }
    }

    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            var aside =
                    Files.createTempFile(
                            folder,
                            "login",
                            ".json",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(aside, JSON.writeValueAsString(this));
            Files.move(
                    aside,
                    folder.resolve("login.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CannotStartException(
                    "Cannot keep the sign-in in %s: %s"
                            .formatted(folder, CannotStartException.reason(e)),
                    e);
        }
    }

    /// The token stays out of every message.
    @Override
    public String toString() {
        return "sign-in of %s at %s until %s".formatted(person, server, expiresAt);
    }
}
