package org.custodes.chaos;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Ids and keys that are the same each time a life is lived again. Secret from nobody.
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    SeededRandom(long seed) {
        super(null, null);
        random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
