package org.custodes.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.custodes.capture.StateChange;
import org.custodes.server.Problem.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/// Every media WebSocket that is open: lets them in, hands each its messages, and closes those that
/// fell silent. What is said on one of them: [MediaConnection].
final class MediaSocket extends AbstractWebSocketHandler implements AutoCloseable {
    /// Far above a control room, far below what a machine can hold open.
    private static final int MOST_CONNECTIONS = 500;

    static final Duration OPEN_WITHIN = Duration.ofSeconds(10);
    static final Duration PING_EVERY = Duration.ofSeconds(15);
    static final Duration SILENT_FOR = Duration.ofSeconds(45);

    /// A viewer that takes nothing for so long is gone.
    private static final long SEND_WITHIN_MILLIS = 10_000;

    /// Tomcat's own name for it (`org.apache.tomcat.websocket.Constants`).
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Map<String, MediaConnection> connections = new ConcurrentHashMap<>();
    private final Function<MediaWire, MediaConnection> making;
    private final WebSocketHttpRequestHandler upgrading;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("media-heartbeat").factory());

    /// @param making what a new connection is made with
    MediaSocket(Function<MediaWire, MediaConnection> making) {
        this.making = making;
        upgrading = new WebSocketHttpRequestHandler(this, new PlainHandshake());
        var _ = rounds.scheduleAtFixedRate(this::round, 1, 1, TimeUnit.SECONDS);
    }

    /// Compression would cost CPU for bytes that do not compress, and opens a side channel (CRIME).
    private static final class PlainHandshake extends DefaultHandshakeHandler {
        PlainHandshake() {
            super(new StandardWebSocketUpgradeStrategy());
        }

        @Override
        protected List<WebSocketExtension> filterRequestedExtensions(
                ServerHttpRequest request,
                List<WebSocketExtension> requested,
                List<WebSocketExtension> supported) {
            return List.of();
        }
    }

    /// Goes on as a WebSocket.
    Reply upgrade(Call call, Route.Nothing nothing) {
        if (call.request().headers().header("Upgrade").stream()
                .noneMatch("websocket"::equalsIgnoreCase)) {
            return new Reply.Refused(
                    Kind.BAD_INPUT.because(
                            "not-websocket",
                            "This address is a WebSocket.",
                            "Open it with wss://; docs/api.md says what is spoken there."));
        }
        if (connections.size() >= MOST_CONNECTIONS) {
            return new Reply.Refused(
                    Kind.TOO_MANY.because(
                            "too-many-connections",
                            "%d media connections are open.".formatted(MOST_CONNECTIONS),
                            "Close some windows, or try again later."));
        }
        return new Reply.Upgraded(
                ServerResponse.ok()
                        .build((request, response) -> {
                            upgrading.handleRequest(request, response);
                            return null;
                        }));
    }

    /// A stream's state has changed: whoever watches it is told. Never blocks.
    void stateChanged(StateChange change) {
        connections.values().forEach(connection -> connection.stateChanged(change));
    }

    /// Somebody asked for approval, or answered: everybody is told to look. Never blocks.
    void approvalsChanged() {
        connections.values().forEach(MediaConnection::approvalsChanged);
    }

    /// Something was taken in an emergency, has ended or was reviewed: everybody is told to look. Never blocks.
    void emergenciesChanged() {
        connections.values().forEach(MediaConnection::emergenciesChanged);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) {
        socket.setTextMessageSizeLimit(ClientMessage.LARGEST);
        socket.setBinaryMessageSizeLimit(1);
        ((StandardWebSocketSession) socket)
                .getNativeSession()
                .getUserProperties()
                .put(SEND_TIMEOUT, SEND_WITHIN_MILLIS);
        var connection = making.apply(new MediaWire(socket));
        connections.put(socket.getId(), connection);
        connection.hello();
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
        of(socket).heard(message.getPayload());
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession socket, BinaryMessage message) {
        of(socket).end(CloseStatus.NOT_ACCEPTABLE.withReason("Clients speak text"));
    }

    @Override
    protected void handlePongMessage(WebSocketSession socket, PongMessage message) {
        of(socket).alive();
    }

    @Override
    public void handleTransportError(WebSocketSession socket, Throwable fault) {
        // The socket is closed next, and that ends the connection.
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        var connection = connections.remove(socket.getId());
        if (connection != null) {
            connection.closed();
        }
    }

    private MediaConnection of(WebSocketSession socket) {
        @Nullable MediaConnection connection = connections.get(socket.getId());
        if (connection == null) {
            throw new IllegalStateException("A message came on a socket that is not open");
        }
        return connection;
    }

    private void round() {
        connections.values().forEach(MediaConnection::round);
    }

    /// Closes every connection and what it had open.
    @Override
    public void close() throws IOException {
        rounds.shutdownNow();
        connections.values().forEach(connection -> connection.end(CloseStatus.GOING_AWAY));
    }
}
