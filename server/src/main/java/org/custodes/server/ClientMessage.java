package org.custodes.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Why;
import org.custodes.register.StreamRole;
import tools.jackson.databind.node.ObjectNode;

/// What a client may say on the media WebSocket; `docs/api.md` gives the meaning of each.
sealed interface ClientMessage {
    /// A text message has at most this many bytes.
    int LARGEST = 16 * 1024;

    long HIGHEST_CHANNEL = 0xffff_ffffL;
    int HIGHEST_SEQ = 0xffff;

    /// Credit beyond this would say nothing: a client that wants more asks again.
    long MOST_CREDIT = 1L << 30;

    record Open(
            @Bounds(min = 1, max = 100) String ticket,
            @Bounds(min = 1, max = 400) String key,
            @Bounds(min = 1, max = 200) String signature)
            implements ClientMessage {}

    record Live(
            @Bounds(min = 1, max = HIGHEST_CHANNEL) long channel,
            UUID camera,
            StreamRole stream,
            @Bounds(min = 1, max = 60) Optional<String> purpose,
            @Bounds(min = 1, max = 60) Optional<String> caseNumber)
            implements ClientMessage {
        Why why() {
            return new Why(purpose, caseNumber);
        }
    }

    /// A look back.
    ///
    /// @param approval what was asked and approved, if the look is by another's yes
    record Playback(
            @Bounds(min = 1, max = HIGHEST_CHANNEL) long channel,
            UUID camera,
            StreamRole stream,
            @Bounds(min = 1, max = 60) Optional<String> purpose,
            @Bounds(min = 1, max = 60) Optional<String> caseNumber,
            Optional<UUID> approval)
            implements ClientMessage {
        Why why() {
            return new Why(purpose, caseNumber);
        }
    }

    record Play(
            @Bounds(min = 1, max = HIGHEST_CHANNEL) long channel,
            @Bounds(max = HIGHEST_SEQ) int seq,
            Instant from,
            @Bounds(min = -1, max = 1) int direction,
            Frames frames,
            @Bounds(max = MOST_CREDIT) long credit)
            implements ClientMessage {

        Play withMore(long more) {
            var sum = Math.min(credit + more, MOST_CREDIT);
            return new Play(channel, seq, from, direction, frames, sum);
        }
    }

    record More(
            @Bounds(min = 1, max = HIGHEST_CHANNEL) long channel,
            @Bounds(max = HIGHEST_SEQ) int seq,
            @Bounds(min = 1, max = MOST_CREDIT) long credit)
            implements ClientMessage {}

    record Close(@Bounds(min = 1, max = HIGHEST_CHANNEL) long channel) implements ClientMessage {}

    record Ping(double t) implements ClientMessage {}

    /// Which frames a playback wants.
    enum Frames {
        ALL,
        KEYS
    }

    /// The messages by their `type`.
    Map<String, Form<? extends ClientMessage>> BY_TYPE =
            Map.of(
                    "open", new Form<>(Open.class),
                    "live", new Form<>(Live.class),
                    "playback", new Form<>(Playback.class),
                    "play", new Form<>(Play.class),
                    "more", new Form<>(More.class),
                    "close", new Form<>(Close.class),
                    "ping", new Form<>(Ping.class));

    /// Reads one text message.
    ///
    /// @throws MalformedMessageException if it is none of the above
    static ClientMessage read(Json json, String text) {
        if (text.length() > LARGEST) {
            throw new MalformedMessageException(
                    "A text message has at most %d bytes.".formatted(LARGEST));
        }
        if (!(readTree(json, text) instanceof ObjectNode object)) {
            throw new MalformedMessageException("A message is a JSON object.");
        }
        var type = object.remove("type");
        var form = type != null && type.isString() ? BY_TYPE.get(type.stringValue()) : null;
        if (form == null) {
            throw new MalformedMessageException(
                    "A message has one of the types that docs/api.md lists.");
        }
        return switch (form.read(object)) {
            case Form.Result.Fits<? extends ClientMessage>(var message) -> checked(message);
            case Form.Result.Faulty<? extends ClientMessage>(var faults) ->
                    throw new MalformedMessageException(
                            "In a message of type %s, the field %s: %s"
                                    .formatted(
                                            type.stringValue(),
                                            faults.getFirst().field(),
                                            faults.getFirst().detail()));
        };
    }

    private static tools.jackson.databind.JsonNode readTree(Json json, String text) {
        try {
            return json.read(text);
        } catch (Json.MalformedJsonException malformed) {
            throw new MalformedMessageException(
                    "A message is JSON, but %s.".formatted(malformed.getMessage()));
        }
    }

    private static ClientMessage checked(ClientMessage message) {
        if (message instanceof Play play && play.direction() == 0) {
            throw new MalformedMessageException("A direction is 1 or -1.");
        }
        if (message instanceof Playback playback && playback.stream() != StreamRole.RECORD) {
            throw new MalformedMessageException("Only the stream record is recorded and played.");
        }
        return message;
    }

    /// The client does not speak our protocol; told to it in these words before the connection ends.
    final class MalformedMessageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedMessageException(String message) {
            super(message);
        }
    }
}
