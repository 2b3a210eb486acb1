package org.custodes.rtsp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests to a camera and its answers, told apart from the packets and requests that come between
/// them. One request is under way at a time, but for the ones that keep the session alive.
final class Conversation {
    /// A request, a first demand for a proof, one renewal of a stale nonce.
    private static final int MOST_TRIES = 3;

    /// How long the answer to a request may follow behind one that looks like an older one's.
    private static final Duration LATE = Duration.ofMillis(200);

    private final Connection connection;
    private final Authenticator authenticator;
    private final Duration answerTimeout;
    private final Runnable onPacket;
    private int sequence;
    private String session = "";

    /// A conversation that begins.
    ///
    /// @param onPacket told of each packet that comes before an answer
    Conversation(
            Connection connection,
            Authenticator authenticator,
            Duration answerTimeout,
            Runnable onPacket) {
        this.connection = connection;
        this.authenticator = authenticator;
        this.answerTimeout = answerTimeout;
        this.onPacket = onPacket;
    }

    /// From now on requests name this session.
    void join(String sessionId) {
        session = sessionId;
    }

    /// Asks and waits for the answer, whatever it says, but for a demand for a proof of identity, which
    /// is met.
    RtspMessage ask(String method, String target, Map<String, String> headers) {
        for (var tries = 1; ; tries++) {
            var number = send(method, target, headers);
            var answer = awaitAnswer(method, number, System.nanoTime() + answerTimeout.toNanos());
            if (answer.status() != 401 || tries == MOST_TRIES) {
                requireProofTaken(answer);
                return answer;
            }
            authenticator.challenged(answer);
        }
    }

    private void requireProofTaken(RtspMessage answer) {
        if (answer.status() == 401) {
            throw new RtspException(
                    RtspException.Fault.WRONG_CREDENTIALS,
                    "It refuses the user or the password again and again. Check both");
        }
        authenticator.accepted();
    }

    /// Sends a request without waiting.
    ///
    /// @return its number
    int send(String method, String target, Map<String, String> headers) {
        sequence++;
        var request = new StringBuilder();
        request.append(method).append(' ').append(target).append(" RTSP/1.0\r\n");
        line(request, "CSeq", Integer.toString(sequence));
        authenticator
                .authorization(method, target)
                .ifPresent(proof -> line(request, "Authorization", proof));
        line(request, "User-Agent", "Custodes");
        if (!session.isEmpty()) {
            line(request, "Session", session);
        }
        headers.forEach((name, value) -> line(request, name, value));
        request.append("\r\n");
        connection.send(request.toString().getBytes(StandardCharsets.ISO_8859_1));
        return sequence;
    }

    private static void line(StringBuilder request, String name, String value) {
        request.append(name).append(": ").append(value).append("\r\n");
    }

    /// An answer without a number, or with one that we never used, is taken as it comes: some cameras
    /// count on their own. One of a smaller number may be a late one to a request before, and is taken
    /// only if no other follows soon.
    private RtspMessage awaitAnswer(String method, int number, long giveUpNanos) {
        var deadlineNanos = giveUpNanos;
        @Nullable RtspMessage late = null;
        do {
            switch (connection.next(deadlineNanos)) {
                case PACKET -> onPacket.run();
                case MESSAGE -> {
                    var message = connection.takeMessage();
                    if (!message.isAnswer()) {
                        reply(message);
                    } else if (message.sequence() >= 0 && message.sequence() < number) {
                        late = message;
                        deadlineNanos = soon(giveUpNanos);
                    } else if (!informs(message)) {
                        return message;
                    }
                }
                case NOTHING -> requireNotInterrupted();
            }
        } while (System.nanoTime() - deadlineNanos < 0);
        if (late != null) {
            return late;
        }
        throw new RtspException(
                RtspException.Fault.SILENT,
                "It has not answered %s within %d ms".formatted(method, answerTimeout.toMillis()));
    }

    private static long soon(long giveUpNanos) {
        var soon = System.nanoTime() + LATE.toNanos();
        return soon - giveUpNanos < 0 ? soon : giveUpNanos;
    }

    private static boolean informs(RtspMessage message) {
        return message.status() / 100 == 1;
    }

    private static void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw Connection.interrupted(null);
        }
    }

    /// Answers a camera's own request: what keeps alive is fine, all else is not implemented.
    ///
    /// @throws RtspException if the request says that the stream is over
    void reply(RtspMessage request) {
        var method = request.method();
        if (List.of("TEARDOWN", "REDIRECT").contains(method)) {
            throw new RtspException(
                    RtspException.Fault.ENDED_BY_CAMERA,
                    "It ended the session by its own %s".formatted(method));
        }
        var fine = List.of("OPTIONS", "GET_PARAMETER", "SET_PARAMETER").contains(method);
        var answer = new StringBuilder();
        answer.append(fine ? "RTSP/1.0 200 OK\r\n" : "RTSP/1.0 501 Not Implemented\r\n");
        if (request.sequence() >= 0) {
            line(answer, "CSeq", Integer.toString(request.sequence()));
        }
        answer.append("\r\n");
        connection.send(answer.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Who meets demands for a proof, for a request that nobody waits for.
    Authenticator authenticator() {
        return authenticator;
    }
}
