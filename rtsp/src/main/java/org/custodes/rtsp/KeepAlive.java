package org.custodes.rtsp;

import java.time.Duration;
import java.util.Map;

/// Keeps a session alive: asks the camera something harmless twice in each of its time-outs.
final class KeepAlive {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Conversation conversation;
    private final String target;
    private final long everyNanos;
    private String method;
    private long dueNanos;
    private int asked = -1;
    private boolean renewed;

    /// Due for the first time half a time-out from now.
    ///
    /// @param method `GET_PARAMETER` where the camera offers it, else `OPTIONS`
    KeepAlive(
            Conversation conversation,
            String method,
            String target,
            Duration sessionTimeout,
            long nowNanos) {
        this.conversation = conversation;
        this.method = method;
        this.target = target;
        this.everyNanos = Math.min(sessionTimeout.toNanos() / 2, LONGEST_WAIT.toNanos());
        this.dueNanos = nowNanos + everyNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    /// Asks. A camera that has not answered the last time is asked all the same: some never answer,
    /// and stream on.
    void ask(long nowNanos) {
        renewed = false;
        send();
        dueNanos = nowNanos + everyNanos;
    }

    private void send() {
        asked = conversation.send(method, target, Map.of());
    }

    /// Takes an answer that came in mid stream.
    ///
    /// @throws RtspException if the camera does not know the session any more
    void answered(RtspMessage answer) {
        if (answer.sequence() >= 0 && answer.sequence() != asked) {
            return;
        }
        switch (answer.status()) {
            case 401 -> renew(answer);
            case 454 ->
                    throw new RtspException(
                            RtspException.Fault.ENDED_BY_CAMERA,
                            "It does not know the session any more (454)");
            // Offered, and yet not understood.
            case 405, 451, 501, 551 -> method = "OPTIONS";
            default -> conversation.authenticator().accepted();
        }
    }

    private void renew(RtspMessage answer) {
        if (!renewed) {
            renewed = true;
            conversation.authenticator().challenged(answer);
            send();
        }
    }
}
