package org.custodes.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Session;
import org.custodes.media.Bytes;

/// Tickets for the media WebSocket: good once, for 60 s, for one session, in the hands of whoever
/// holds one private key. A ticket that is seen by somebody else is worth nothing to them: they cannot
/// sign the server's nonce. Kept in memory only; a restart forgets them. Any thread.
final class Tickets {
    static final Duration LIFE = Duration.ofSeconds(60);

    /// A person with 64 windows open does not need more at once.
    private static final int MOST_PER_SESSION = 64;

    private static final int MOST = 10_000;
    private static final int RANDOM_BYTES = 32;

    /// An uncompressed P-256 key has 91 bytes in SPKI.
    private static final int LONGEST_KEY = 200;

    /// A ticket that was handed out.
    record Issued(String ticket, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[until %s]".formatted(expiresAt);
        }
    }

    private record Kept(Session session, PublicKey key, Bytes spki, Instant expiresAt) {}

    private final InstantSource clock;
    private final SecureRandom random;

    /// Oldest first. Guarded by this.
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    Tickets(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// A ticket for this session and key; empty if there are too many.
    synchronized Optional<Issued> issue(Session session, byte[] spki, PublicKey key) {
        var now = clock.instant();
        kept.values().removeIf(ticket -> !now.isBefore(ticket.expiresAt()));
        if (kept.size() >= MOST || countOf(session.id()) >= MOST_PER_SESSION) {
            return Optional.empty();
        }
        var ticket = fresh();
        var expiresAt = now.plus(LIFE);
        kept.put(ticket, new Kept(session, key, Bytes.of(spki.clone()), expiresAt));
        return Optional.of(new Issued(ticket, expiresAt));
    }

    private long countOf(UUID session) {
        return kept.values().stream()
                .filter(ticket -> ticket.session().id().equals(session))
                .count();
    }

    /// The session behind a ticket, if the caller holds the ticket's key. Tried once, it is gone,
    /// whatever came of it.
    ///
    /// @param signature ECDSA over `nonce || ticket`, raw `r || s`
    Optional<Session> redeem(String ticket, byte[] spki, byte[] nonce, byte[] signature) {
        Kept found;
        synchronized (this) {
            found = kept.remove(ticket);
        }
        if (found == null
                || !clock.instant().isBefore(found.expiresAt())
                || !MessageDigest.isEqual(found.spki().array(), spki)
                || !signed(found.key(), nonce, ticket, signature)) {
            return Optional.empty();
        }
        return Optional.of(found.session());
    }

    private static boolean signed(PublicKey key, byte[] nonce, String ticket, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(nonce);
            verifier.update(ticket.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /// 256 fresh bits in base64url.
    String fresh() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Reads base64url, with or without padding.
    static Optional<byte[]> bytes(String base64url) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(base64url));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// Reads a P-256 key in SPKI; empty if it is another kind of key, or none.
    static Optional<PublicKey> key(byte[] spki) {
        if (spki.length > LONGEST_KEY) {
            return Optional.empty();
        }
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            // Another writing of the same key would make two keys of one.
            return key instanceof ECPublicKey ec
                            && ec.getParams().toString().contains("secp256r1")
                            && Arrays.equals(key.getEncoded(), spki)
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }
}
