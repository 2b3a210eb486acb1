package org.custodes.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.custodes.access.Answer;

/// Turns what `access` answers into what the server answers.
final class Replies {
    private Replies() {}

    /// @param done what is told if it was done
    static <T> Reply of(Answer<T> answer, Function<T, Reply> done) {
        return switch (answer) {
            case Answer.Done<T>(var value) -> done.apply(value);
            case Answer.Faulty<T>(var faults) -> new Reply.Refused(Problem.badInput(faults));
            case Answer.Refused<T>(var reason, var tryAgainAt) ->
                    new Reply.Refused(Refusals.of(reason, tryAgainAt.map(Replies::wait)));
        };
    }

    private static String wait(Instant until) {
        return "The next attempt is possible at %s."
                .formatted(until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }
}
