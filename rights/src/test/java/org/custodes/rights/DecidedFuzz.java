package org.custodes.rights;

import java.io.IOException;
import java.util.List;
import org.custodes.fuzz.HostileInput;
import org.custodes.media.Bytes;

/// What is kept of a decision: the policy, and the decision with its request. Whoever may write into the database may
/// write anything there. What is read is written again as it was, and can be decided.
public final class DecidedFuzz {

    private DecidedFuzz() {}

    static List<byte[]> seeds() throws IOException {
        return List.of(
                Vectors.bytes("policy"),
                Vectors.bytes("decided"),
                World.nothing().snapshot().content().array(),
                Decided.may(World.live(), World.nothing().snapshot()).content().array());
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        HostileInput.withinBounds(() -> {
            policy(Bytes.of(input));
            decided(Bytes.of(input));
        });
    }

    private static void policy(Bytes input) {
        try {
            var policy = PolicySnapshot.of(input, World.NOW);
            check(policy.content().equals(input));
            var _ = Decide.decide(World.live(), policy, World.NOW);
        } catch (MalformedDecisionException refused) {
            // As it should be.
        }
    }

    private static void decided(Bytes input) {
        try {
            var decided = Decided.of(input);
            check(decided.content().equals(input));
            var _ = decided.again(World.nothing().snapshot());
        } catch (MalformedDecisionException refused) {
            // As it should be.
        }
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("It was read, and is written otherwise");
        }
    }
}
