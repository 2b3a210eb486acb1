package org.custodes.vault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Vaults, packs and frames as tests speak of them.
final class Keys {
    static final SecureRandom RANDOM = new SecureRandom();
    static final UUID CAMERA = UUID.fromString("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    static final UUID OTHER_CAMERA = UUID.fromString("11111111-2222-4333-8444-555555555555");
    static final LocalDate DAY = LocalDate.parse("2026-11-22");
    static final TreeId TREE = new TreeId(CAMERA, 0, DAY, 0);
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Keys() {}

    static Vault vault(Path folder) {
        return vault(folder, List.of(folder.resolve("keys")));
    }

    static Vault vault(Path folder, List<Path> places) {
        return Vault.open(places, RootKey.file(folder.resolve("root.key")), RANDOM);
    }

    static PackBinding pack(TreeId tree) {
        var id = Uuids.random(RANDOM);
        return new PackBinding(id, tree, text("header of pack " + id));
    }

    static FrameStamp key(Instant at) {
        return frame(at, true);
    }

    static FrameStamp follower(Instant at) {
        return frame(at, false);
    }

    static FrameStamp frame(Instant at, boolean key) {
        return new FrameStamp(micros(at), 90_000, RecordHeader.UNTOLD, key, false);
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] flipped(byte[] bytes, int at) {
        var changed = Arrays.copyOf(bytes, bytes.length);
        changed[at] ^= 1;
        return changed;
    }

    static Opener opener(Vault vault) {
        return vault.opener(CAMERA, 0, NOON.minusSeconds(3600), NOON.plusSeconds(3600));
    }
}
