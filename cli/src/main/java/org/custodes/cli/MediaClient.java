package org.custodes.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the media WebSocket, made from `docs/api.md` alone.
final class MediaClient implements AutoCloseable {
    /// Hears each frame, on the socket's thread.
    interface FrameListener {
        void frame(Arrived frame);

        /// A text message that comes after the opening.
        default void said(JsonNode message) {}
    }

    /// One frame, with its header taken off.
    ///
    /// @param channel as opened
    /// @param key whether a GOP begins with it
    /// @param seq of the `play` that asked for it; 0 live
    /// @param unit the access unit; valid during the call only
    /// @param arrivalMicros when its last byte was here, in microseconds since 1970
    record Arrived(long channel, boolean key, int seq, ByteBuffer unit, long arrivalMicros) {}

    /// What stands in front of every access unit: channel, kind, flags, seq, wallTime, mediaTime.
    static final int HEADER = 4 + 1 + 1 + 2 + 8 + 8;

    private static final int KEY = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http;
    private final WebSocket socket;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final FrameListener listener;
    private final ReentrantLock saying = new ReentrantLock();

    private MediaClient(URI server, String authority, BenchPerson person, FrameListener listener) {
        this.listener = listener;
        this.http = HttpClient.newBuilder().sslContext(ApiClient.trusting(authority)).build();
        this.socket =
                http.newWebSocketBuilder()
                        .header("Cookie", person.cookie())
                        .header("Origin", BenchPerson.origin(server))
                        .buildAsync(
                                URI.create(
                                        "wss://%s:%d/api/v1/media"
                                                .formatted(server.getHost(), server.getPort())),
                                new Conversation(person))
                        .join();
    }

    /// Connects and returns when the server has let it in.
    ///
    /// @throws CannotStartException if it does not in time
    static MediaClient connect(
            URI server, String authority, BenchPerson person, FrameListener listener) {
        var client = new MediaClient(server, authority, person, listener);
        try {
            client.opened.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            return client;
        } catch (CompletionException e) {
            client.close();
            throw new CannotStartException(
                    "The media door let nobody in within %d s: %s"
                            .formatted(PATIENCE.toSeconds(), e.getCause()),
                    e);
        }
    }

    /// Opens a live look at the recorded stream of a camera.
    void live(long channel, String camera) {
        say(Map.of("type", "live", "channel", channel, "camera", camera, "stream", "record"));
    }

    /// Opens a look back at the recorded stream of a camera; nothing flows before [#play].
    void playback(long channel, String camera) {
        say(Map.of("type", "playback", "channel", channel, "camera", camera, "stream", "record"));
    }

    /// Asks for frames from the key frame at or before `from` on.
    ///
    /// @param seq comes back with each frame
    /// @param credit how many bytes may flow, headers included; the last frame may overdraw
    void play(long channel, int seq, Instant from, long credit) {
        say(
                Map.of(
                        "type",
                        "play",
                        "channel",
                        channel,
                        "seq",
                        seq,
                        "from",
                        from.toString(),
                        "direction",
                        1,
                        "frames",
                        "all",
                        "credit",
                        credit));
    }

    /// Closes a look.
    void stop(long channel) {
        say(Map.of("type", "close", "channel", channel));
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    /// Says any message of `docs/api.md`.
    void say(Map<String, ?> message) {
        say(socket, message);
    }

    /// One after the other: an answer may be here before what it answers counts as sent.
    private void say(WebSocket to, Map<String, ?> message) {
        saying.lock();
        try {
            to.sendText(ApiClient.JSON.writeValueAsString(message), true).join();
        } finally {
            saying.unlock();
        }
    }

    /// One side of the talk.
    private final class Conversation implements WebSocket.Listener {
        private final BenchPerson person;
        private final StringBuilder text = new StringBuilder();
        private ByteBuffer binary = ByteBuffer.allocate(1 << 20);

        Conversation(BenchPerson person) {
            this.person = person;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                var message = ApiClient.JSON.readTree(text.toString());
                text.setLength(0);
                if (opened.isDone()) {
                    listener.said(message);
                } else {
                    open(from, message);
                }
            }
            from.request(1);
            return null;
        }

        private void open(WebSocket from, JsonNode message) {
            switch (message.path("type").asString()) {
                case "hello" -> answer(from, message.path("nonce").asString());
                case "opened" -> opened.complete(null);
                case "refused", "closed" ->
                        opened.completeExceptionally(
                                new CannotStartException("The server refused: " + message));
                default -> {}
            }
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer part, boolean last) {
            if (binary.remaining() < part.remaining()) {
                binary =
                        ByteBuffer.allocate(2 * (binary.position() + part.remaining()))
                                .put(binary.flip());
            }
            binary.put(part);
            if (last) {
                var arrival = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                binary.flip();
                var channel = Integer.toUnsignedLong(binary.getInt());
                var _ = binary.get();
                var key = (binary.get() & KEY) != 0;
                var seq = Short.toUnsignedInt(binary.getShort());
                binary.position(HEADER);
                listener.frame(new Arrived(channel, key, seq, binary.slice(), arrival));
                binary.clear();
            }
            from.request(1);
            return null;
        }

        private void answer(WebSocket to, String nonce) {
            // Elsewhere than on the socket's thread: it waits for an answer over HTTP.
            Thread.ofVirtual().start(() -> prove(to, nonce));
        }

        private void prove(WebSocket to, String nonce) {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                var pair = generator.generateKeyPair();
                var base64 = Base64.getUrlEncoder().withoutPadding();
                var key = base64.encodeToString(pair.getPublic().getEncoded());
                var ticket =
                        person.client()
                                .post("/api/v1/tickets", Map.of("key", key))
                                .path("ticket")
                                .asString();
                var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initSign(pair.getPrivate());
                signature.update(Base64.getUrlDecoder().decode(nonce));
                signature.update(ticket.getBytes(StandardCharsets.UTF_8));
                var open =
                        Map.of(
                                "type",
                                "open",
                                "ticket",
                                ticket,
                                "key",
                                key,
                                "signature",
                                base64.encodeToString(signature.sign()));
                say(to, open);
            } catch (GeneralSecurityException | RuntimeException e) {
                opened.completeExceptionally(Objects.requireNonNull(e));
            }
        }
    }
}
