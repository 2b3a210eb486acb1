package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the media WebSocket, made from `docs/api.md` alone.
final class Viewer implements WebSocket.Listener, AutoCloseable {
    private static final Json JSON = new Json(1 << 20);

    /// What the server says, in its order.
    sealed interface Heard {
        record Text(JsonNode json) implements Heard {
            String type() {
                return json.path("type").asString();
            }
        }

        record Frame(
                long channel, int flags, int seq, long wallMicros, long mediaTime, ByteBuffer unit)
                implements Heard {
            boolean key() {
                return (flags & 1) != 0;
            }

            boolean shown() {
                return (flags & 8) == 0;
            }

            /// The number that [Footage] wrote into the frame.
            int number() {
                return unit.getInt(numberAt()) - 0x11110000;
            }

            private int numberAt() {
                return (key() ? Footage.PARAMETER_SETS.length : 0) + 7;
            }
        }

        record Closed(int code) implements Heard {}
    }

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final KeyPair key = keyPair();
    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private volatile boolean slow;

    Viewer(Client client) {
        this(client.webSocket(), client);
    }

    Viewer(WebSocket.Builder builder, Client client) {
        socket = builder.buildAsync(client.media(), this).join();
    }

    /// A viewer that has shown a ticket and was let in.
    static Viewer opened(Client client) {
        var viewer = new Viewer(client);
        viewer.open(viewer.ticket(client), viewer.nonce());
        assertThat(viewer.text("opened").path("serverTime").asLong()).isPositive();
        return viewer;
    }

    String ticket(Client client) {
        var answer = client.post("/api/v1/tickets", "{\"key\":\"%s\"}".formatted(spki()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("ticket").asString();
    }

    String nonce() {
        var hello = text("hello");
        assertThat(hello.path("version").asInt()).isEqualTo(1);
        return hello.path("nonce").asString();
    }

    void open(String ticket, String nonce) {
        say(
                "{\"type\":\"open\",\"ticket\":\"%s\",\"key\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(ticket, spki(), signature(nonce, ticket)));
    }

    String spki() {
        return base64(key.getPublic().getEncoded());
    }

    private String signature(String nonce, String ticket) {
        try {
            var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key.getPrivate());
            signer.update(Base64.getUrlDecoder().decode(nonce));
            signer.update(ticket.getBytes(StandardCharsets.UTF_8));
            return base64(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    void say(String message) {
        var _ = socket.sendText(message, true).join();
    }

    void sayBytes(byte[] message) {
        var _ = socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    /// Takes nothing more off the network until [#goOn].
    void pause() {
        slow = true;
    }

    void goOn() {
        slow = false;
        socket.request(1);
    }

    private void wantMore(WebSocket from) {
        if (!slow) {
            from.request(1);
        }
    }

    /// The next thing that the server says.
    Heard next() {
        try {
            var next = heard.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("The server says nothing");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Whether the server is silent for a moment.
    boolean hearsNothingFor(long millis) throws InterruptedException {
        return heard.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    /// The next text, which is of this type; news of the camera's state are passed over.
    JsonNode text(String type) {
        while (true) {
            switch (next()) {
                case Heard.Text text when text.type().equals(type) -> {
                    return text.json();
                }
                case Heard.Text text when text.type().equals("state") -> {}
                case Heard other -> throw new AssertionError("Wanted " + type + ", got " + other);
            }
        }
    }

    /// The next text of this type; what else comes before it is passed over.
    JsonNode textAmong(String type) {
        while (true) {
            if (next() instanceof Heard.Text text && text.type().equals(type)) {
                return text.json();
            }
        }
    }

    /// The next frame; what else is said before it is passed over.
    Heard.Frame frame() {
        while (true) {
            if (next() instanceof Heard.Frame frame) {
                return frame;
            }
        }
    }

    /// How many frames the server says it left out, at the first time that it says so.
    long skipped() {
        while (true) {
            if (next() instanceof Heard.Text text && text.type().equals("skipped")) {
                return text.json().path("frames").asLong();
            }
        }
    }

    /// Waits for the end of the connection.
    int closed() {
        while (true) {
            if (next() instanceof Heard.Closed(var code)) {
                return code;
            }
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(new Heard.Text(JSON.read(text.toString())));
            text.setLength(0);
        }
        wantMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        bytes =
                ByteBuffer.allocate(bytes.remaining() + part.remaining())
                        .put(bytes)
                        .put(part)
                        .flip();
        if (last) {
            var channel = Integer.toUnsignedLong(bytes.getInt());
            assertThat(bytes.get()).isEqualTo((byte) 1);
            var flags = bytes.get() & 0xff;
            var seq = bytes.getShort() & 0xffff;
            heard.add(
                    new Heard.Frame(
                            channel, flags, seq, bytes.getLong(), bytes.getLong(), bytes.slice()));
            bytes = ByteBuffer.allocate(0);
        }
        wantMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add(new Heard.Closed(code));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
        heard.add(new Heard.Closed(1006));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
