package org.custodes.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.custodes.media.Bytes;

/// What authenticators are asked to sign: 256 bits of chance, each good once, for two minutes, and for
/// what it was made for. In memory: a restart makes them useless.
///
/// However many are asked for, memory is bounded, and whoever asks for many loses their own. Any thread.
final class Challenges {
    static final Duration LIVES = Duration.ofMinutes(2);

    private static final int BYTES = 32;

    /// What a signature is good for.
    sealed interface Purpose {

        record SignIn() implements Purpose {}

        /// A new passkey for whoever has this session.
        record Registration(UUID session) implements Purpose {}

        /// Whoever has this session stands by an act.
        ///
        /// @param act its SHA-256
        record Proving(UUID session, Bytes act) implements Purpose {

            public Proving {
                if (act.length() != BYTES) {
                    throw new IllegalArgumentException(
                            "An act is told by its SHA-256, 32 bytes, but got " + act.length());
                }
            }
        }
    }

    /// @param chance what nobody else knew before
    private record Waiting(String asker, Purpose purpose, Bytes chance, Instant until) {}

    private final int mostPerAsker;
    private final int most;
    private final InstantSource clock;
    private final SecureRandom random;
    // Guarded by this; in the order in which they were made, which is the order in which they end.
    private final Map<Bytes, Waiting> waiting = new LinkedHashMap<>();

    Challenges(int mostPerAsker, int most, InstantSource clock, SecureRandom random) {
        this.mostPerAsker = mostPerAsker;
        this.most = most;
        this.clock = clock;
        this.random = random;
    }

    /// A challenge.
    ///
    /// @param until not after then
    record Made(Bytes challenge, Instant until) {}

    /// A new challenge. If too many wait, the oldest goes: of this asker, or of all.
    Made make(String asker, Purpose purpose) {
        var chance = new byte[BYTES];
        random.nextBytes(chance);
        return put(asker, purpose, Bytes.of(chance));
    }

    private synchronized Made put(String asker, Purpose purpose, Bytes chance) {
        var now = clock.instant();
        waiting.values().removeIf(one -> !now.isBefore(one.until()));
        var own = waiting.values().stream().filter(one -> one.asker().equals(asker)).count();
        if (own >= mostPerAsker) {
            removeOldest(asker);
        } else if (waiting.size() >= most) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        var challenge = challenge(purpose, chance);
        var until = now.plus(LIVES);
        waiting.put(challenge, new Waiting(asker, purpose, chance, until));
        return new Made(challenge, until);
    }

    private void removeOldest(String asker) {
        waiting.entrySet().stream()
                .filter(one -> one.getValue().asker().equals(asker))
                .findFirst()
                .map(Map.Entry::getKey)
                .ifPresent(waiting::remove);
    }

    /// Whether this was made for this purpose and not taken yet; from now on it is. What was signed for
    /// one act is no proof of another, for the act is in what was signed.
    boolean take(Bytes challenge, Purpose purpose) {
        Waiting found;
        synchronized (this) {
            found = waiting.remove(challenge);
        }
        return found != null
                && clock.instant().isBefore(found.until())
                && found.purpose().equals(purpose)
                && challenge.equals(challenge(purpose, found.chance()));
    }

    private static Bytes challenge(Purpose purpose, Bytes chance) {
        return switch (purpose) {
            case Purpose.SignIn(), Purpose.Registration(_) -> chance;
            case Purpose.Proving(_, var act) -> {
                var hash = sha256();
                hash.update(act.array());
                yield Bytes.of(hash.digest(chance.array()));
            }
        };
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
