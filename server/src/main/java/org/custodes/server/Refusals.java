package org.custodes.server;

import java.util.List;
import java.util.Optional;
import org.custodes.access.Reason;
import org.custodes.register.Fault;
import org.custodes.server.Problem.Kind;

/// What the rooms refuse, as problems: the one place where a reason of the domain gets its kind.
final class Refusals {
    private Refusals() {}

    static Problem of(Reason reason) {
        return of(reason, Optional.empty());
    }

    /// @param extra more that is known, for the detail
    static Problem of(Reason reason, Optional<String> extra) {
        var kind =
                switch (reason) {
                    // What may not be known of and what does not exist answer alike, to the letter.
                    case CAMERA_NOT_GIVEN,
                            CAMERA_UNKNOWN,
                            PERSON_UNKNOWN,
                            ROLE_UNKNOWN,
                            APPROVAL_UNKNOWN,
                            EMERGENCY_UNKNOWN,
                            PASSKEY_UNKNOWN -> {
                        yield Kind.NOT_FOUND;
                    }
                    case SESSION_ENDED -> Kind.NOT_SIGNED_IN;
                    case RIGHT_MISSING,
                            ROLE_ENDED,
                            FORBIDDEN,
                            OWN_AFFAIR,
                            TRAINING_EXPIRED,
                            EMERGENCY_ONLY,
                            CLASS_NOT_GIVEN,
                            RESTRICTED,
                            NETWORK_NOT_GIVEN,
                            OUTSIDE_HOURS,
                            TOO_OLD,
                            BEFORE_GIVEN,
                            TOO_TALL,
                            ASSURANCE_TOO_LOW,
                            PROOF_TOO_OLD,
                            PURPOSE_NEEDED,
                            CASE_NEEDED,
                            APPROVAL_NEEDED,
                            NOT_PROVED,
                            PASSKEY_NEEDED,
                            EMERGENCY_RUNS,
                            EMERGENCY_LOCKED,
                            NOT_LOOPBACK,
                            BROWSER_NEEDED ->
                            Kind.REFUSED;
                    case BAD_CREDENTIALS, PASSKEY_REFUSED, LINK_NOT_GOOD -> Kind.SIGN_IN_REFUSED;
                    case PAIRING_UNKNOWN, APPROVAL_OVER, EMERGENCY_OVER, EMERGENCY_REVIEWED ->
                            Kind.GONE;
                    case THROTTLED -> Kind.TOO_MANY;
                    case BUSY, AUDIT_UNAVAILABLE, DATABASE_UNAVAILABLE, POLICY_STALE ->
                            Kind.UNAVAILABLE;
                    case INTERVAL_NEEDED, REQUEST_INCOMPLETE, BAD_INPUT -> Kind.BAD_INPUT;
                };
        if (kind == Kind.NOT_FOUND) {
            return Problem.notFound();
        }
        var sentences = sentences(reason.words());
        var detail = extra.map(more -> sentences.what() + " " + more).orElse(sentences.what());
        return kind.because(reason.key(), detail, sentences.next());
    }

    static Problem faults(List<Fault> faults) {
        return Problem.badInput(faults);
    }

    private record Sentences(String what, String next) {}

    /// A reason's words are what happened and then the next step.
    private static Sentences sentences(String words) {
        var end = words.indexOf(". ");
        return end < 0
                ? new Sentences(words, "Ask a security officer if you need it.")
                : new Sentences(words.substring(0, end + 1), words.substring(end + 2));
    }

    /// The database behind the register does not answer.
    static Problem unavailable() {
        return of(Reason.DATABASE_UNAVAILABLE);
    }
}
