package org.custodes.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.custodes.register.Fault;

/// Why a request was not done, as RFC 9457 wants it told.
///
/// @param type `urn:custodes:problem:<kind>`
/// @param title the kind in words
/// @param status the HTTP status
/// @param detail what happened and why, with the values, in one English sentence
/// @param next what a person does about it
/// @param key names the sentence in the console's catalogues
/// @param faults for bad input, everything that is wrong with it
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String next,
        String key,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> faults) {
    static final String MEDIA_TYPE = "application/problem+json";

    Problem {
        faults = List.copyOf(faults);
    }

    /// The kinds of problem, each with the status that it travels under. HTTP codes are chosen here
    /// and nowhere else.
    enum Kind {
        BAD_INPUT(400, "The request has faults"),
        NOT_SIGNED_IN(401, "Nobody is signed in"),
        SIGN_IN_REFUSED(401, "Signing in was refused"),
        REFUSED(403, "This is not allowed"),
        WRONG_ORIGIN(403, "The request came from another site"),
        NOT_FOUND(404, "There is no such thing"),
        WRONG_METHOD(405, "This address does not do that"),
        TOO_SLOW(408, "The request took too long"),
        CONFLICT(409, "This does not fit what is there"),
        GONE(410, "This is over"),
        TOO_LARGE(413, "The request is too large"),
        WRONG_TYPE(415, "The request is not JSON"),
        WRONG_NAME(421, "This server has another name"),
        CAMERA_TEST(422, "The camera could not be tested"),
        TOO_MANY(429, "Too many attempts"),
        FAULT(500, "Something broke on our side"),
        UNAVAILABLE(503, "This is not possible right now");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        /// The problem of this kind.
        Problem because(String key, String detail, String next) {
            return because(key, detail, next, List.of());
        }

        Problem because(String key, String detail, String next, List<Fault> faults) {
            return new Problem(
                    "urn:custodes:problem:" + Json.word(this),
                    title,
                    status,
                    detail,
                    next,
                    "problem." + key,
                    faults);
        }
    }

    /// The same answer for what does not exist and for what this person may not know of.
    static Problem notFound() {
        return Kind.NOT_FOUND.because(
                "not-found",
                "There is nothing here, or nothing that you may see.",
                "Check the address, or ask a security officer for the right.");
    }

    static Problem badInput(List<Fault> faults) {
        return Kind.BAD_INPUT.because(
                "bad-input",
                faults.size() == 1
                        ? faults.getFirst().detail()
                        : "%d fields have faults.".formatted(faults.size()),
                "Mend the fields named in faults and send it again.",
                faults);
    }

    static Problem notSignedIn() {
        return Kind.NOT_SIGNED_IN.because(
                "not-signed-in",
                "Nobody is signed in, or the session has ended.",
                "Sign in again.");
    }

    static Problem fault() {
        return Kind.FAULT.because(
                "fault",
                "Something broke on our side; it is in the server's log.",
                "Try again. If it stays, tell the system administrator the time of this message.");
    }
}
