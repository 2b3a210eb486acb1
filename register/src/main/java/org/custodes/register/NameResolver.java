package org.custodes.register;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks what a name means. One face, two kinds: the system's name service, and tests.
@FunctionalInterface
interface NameResolver {

    /// Everything that `name` means; never empty.
    ///
    /// @throws UnknownHostException if nobody knows, or not in time
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /// The system's name service, waited for no longer than `most`.
    static NameResolver system(Duration most) {
        return name -> {
            // The system's own time limits are its own business (often 30 s); a thread that waits
            // longer than we do ends by itself.
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> allOf(name), Thread.ofVirtual().name("resolve")::start);
            try {
                return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw unknown(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unknown(e);
            }
        };
    }

    private static List<InetAddress> allOf(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static UnknownHostException unknown(Exception cause) {
        var unknown = new UnknownHostException("The name service gave no answer");
        unknown.initCause(cause);
        return unknown;
    }
}
