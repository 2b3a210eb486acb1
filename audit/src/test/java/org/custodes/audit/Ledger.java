package org.custodes.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// A log over a real key store in a temporary folder, with people in it and a clock that we hold.
final class Ledger implements AutoCloseable {
    static final Actor ERIKA =
            new Actor(
                    Optional.of(UUID.fromString("5f0c8a3e-9d1b-4d0e-8a55-0d6c1f2b7e01")),
                    "Erika Mustermann",
                    "192.0.2.17",
                    "Desk at the gate");
    static final Actor OTTO =
            new Actor(
                    Optional.of(UUID.fromString("5f0c8a3e-9d1b-4d0e-8a55-0d6c1f2b7e02")),
                    "Otto Normalverbraucher",
                    "198.51.100.4",
                    "Office");

    final Path folder;
    final Vault vault;
    private Instant now = Instant.parse("2026-11-22T10:00:00.123456Z");
    private AuditLog log;

    Ledger(Path home) throws IOException {
        this.folder = home.resolve("audit");
        var keys = home.resolve("keys");
        this.vault =
                Vault.open(
                        List.of(keys), RootKey.file(home.resolve("root.key")), new SecureRandom());
        this.log = open(folder);
    }

    AuditLog open(Path at) {
        return AuditLog.open(at, vault, () -> now, new SecureRandom());
    }

    AuditLog log() {
        return log;
    }

    void setClock(String instant) {
        now = Instant.parse(instant);
    }

    /// As a restart of the recorder does.
    void reopen() {
        log.close();
        log = open(folder);
    }

    Receipt tell(Actor who, Action what, String object, String text) {
        return log.append(Event.of(who, what, object, Outcome.DONE, text));
    }

    Receipt tell(String text) {
        return tell(ERIKA, Action.CAMERA_ADDED, "camera/1", text);
    }

    List<Entry> newest() {
        return log.read(Query.newest(1_000)).entries();
    }

    List<String> texts() {
        return newest().stream().map(Entry::text).toList();
    }

    List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".audit")).sorted().toList();
        }
    }

    @Override
    public void close() {
        log.close();
        vault.close();
    }
}
