package org.custodes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// A port for a program that is killed and has to find it again. One that the kernel chooses (port 0)
/// could meanwhile be given to another program of this machine: so it is drawn from those that the
/// kernel gives to nobody.
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;
    private static final int TRIES = 100;

    private FreePort() {}

    /// One on which nobody listens now.
    ///
    /// @throws CannotStartException if none is found
    static int drawn() {
        for (var tried = 0; tried < TRIES; tried++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException taken) {
                // The next one may not be.
            }
        }
        throw new CannotStartException(
                "No free port was found between %d and %d. Look what listens there: ss -ltn"
                        .formatted(FIRST, LAST));
    }
}
