package org.custodes.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the server says in text on the media WebSocket; `docs/api.md` gives the meaning of each.
/// Its `type` is the record's name in lower case.
sealed interface ServerMessage {

    @JsonProperty(value = "type", index = 0)
    default String type() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    record Hello(int version, String nonce) implements ServerMessage {}

    record Opened(long serverTime) implements ServerMessage {}

    record Refused(Problem problem) implements ServerMessage {}

    record Channel(long channel, UUID camera, int stream, Mode mode) implements ServerMessage {}

    record Config(long channel, String codec, int width, int height) implements ServerMessage {}

    record State(long channel, StateView state) implements ServerMessage {}

    /// Nothing is shown here.
    ///
    /// @param askable whether another's yes would help
    record Gap(long channel, int seq, Instant start, Instant end, String cause, boolean askable)
            implements ServerMessage {}

    record End(long channel, int seq) implements ServerMessage {}

    record Skipped(long channel, long frames) implements ServerMessage {}

    record Closed(long channel, Optional<Problem> problem) implements ServerMessage {}

    /// Something was asked, answered, withdrawn or used: whoever shows requests for approval asks for them anew.
    record Approvals() implements ServerMessage {}

    /// Something was taken in an emergency, has ended or was reviewed: whoever shows emergencies, or what they may do
    /// themselves, asks for it anew.
    record Emergencies() implements ServerMessage {}

    record Pong(Number t, long serverTime) implements ServerMessage {}

    enum Mode {
        LIVE,
        PLAYBACK
    }
}
