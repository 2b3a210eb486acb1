package org.custodes.server;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.custodes.access.Session;
import org.custodes.capture.StateChange;
import org.custodes.media.CameraId;
import org.custodes.server.ClientMessage.MalformedMessageException;
import org.custodes.server.Problem.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/// One media WebSocket, version 1 of the protocol in `docs/api.md`.
///
/// Messages arrive one at a time, on the web server's thread. Each channel has a virtual thread of its
/// own that pulls from its look and sends; a slow viewer blocks those threads and nothing else. None of
/// them is ever interrupted: an interrupt during a send would close the whole socket.
final class MediaConnection {
    private static final Logger LOG = LoggerFactory.getLogger(MediaConnection.class);
    private static final int VERSION = 1;
    private static final int MOST_CHANNELS = 64;
    private static final int MOST_NEWS = 256;

    /// Who and what a connection works with.
    record Partners(Tickets tickets, LookOpening looks, Json json, InstantSource clock) {}

    private final MediaWire wire;
    private final Partners partners;
    private final String nonce;
    private final Map<Long, MediaChannel> channels = new ConcurrentHashMap<>();

    /// States of cameras, told by a thread of our own: the camera's thread must not wait for a viewer.
    private final BlockingQueue<ServerMessage> news = new ArrayBlockingQueue<>(MOST_NEWS);

    private final long bornNanos = System.nanoTime();
    private volatile long heardNanos = bornNanos;
    private volatile long pingedNanos = bornNanos;
    private volatile boolean over;

    /// Set by the one `open` that is good.
    private volatile @Nullable Session session;

    MediaConnection(MediaWire wire, Partners partners) {
        this.wire = wire;
        this.partners = partners;
        this.nonce = partners.tickets().fresh();
    }

    /// Speaks first.
    void hello() {
        tell(new ServerMessage.Hello(VERSION, nonce));
    }

    /// A text message came.
    void heard(String text) {
        alive();
        try {
            var message = ClientMessage.read(partners.json(), text);
            if (message instanceof ClientMessage.Open open) {
                open(open);
            } else if (session == null) {
                throw new MalformedMessageException("The first message is open.");
            } else {
                heard(session, message);
            }
        } catch (MalformedMessageException malformed) {
            refuse(
                    Kind.BAD_INPUT.because(
                            "malformed-message",
                            String.valueOf(malformed.getMessage()),
                            "docs/api.md lists the messages."));
        } catch (RuntimeException fault) {
            LOG.error("A media message broke its connection", fault);
            refuse(Problem.fault());
        }
    }

    private void heard(Session who, ClientMessage message) {
        switch (message) {
            case ClientMessage.Open _ -> throw new MalformedMessageException("It is open already.");
            case ClientMessage.Live live ->
                    begin(
                            live.channel(),
                            new LiveChannel(
                                    live.channel(),
                                    this,
                                    partners.looks(),
                                    who,
                                    new CameraId(live.camera()),
                                    live.stream(),
                                    live.why()));
            case ClientMessage.Playback playback ->
                    begin(
                            playback.channel(),
                            new PlaybackChannel(
                                    playback.channel(),
                                    this,
                                    partners.looks(),
                                    who,
                                    new CameraId(playback.camera()),
                                    playback.why(),
                                    playback.approval()));
            case ClientMessage.Play play -> playing(play.channel(), channel -> channel.play(play));
            case ClientMessage.More more -> playing(more.channel(), channel -> channel.more(more));
            case ClientMessage.Close close ->
                    channel(close.channel()).ifPresent(MediaChannel::close);
            case ClientMessage.Ping ping ->
                    tell(new ServerMessage.Pong(number(ping.t()), micros()));
        }
    }

    /// A whole number goes back as a whole number.
    private static Number number(double t) {
        return t == Math.rint(t) && Math.abs(t) < 1L << 53 ? (Number) (long) t : (Number) t;
    }

    private void open(ClientMessage.Open open) {
        if (session != null) {
            throw new MalformedMessageException("It is open already.");
        }
        var found =
                Tickets.bytes(open.key())
                        .flatMap(key ->
                                Tickets.bytes(open.signature())
                                        .flatMap(signature -> redeemed(open, key, signature)))
                        .filter(partners.looks()::stands);
        if (found.isEmpty()) {
            refuse(
                    Kind.NOT_SIGNED_IN.because(
                            "ticket-refused",
                            "The ticket was used, has expired, or the key that signed is not its own.",
                            "Ask for a new ticket."));
            return;
        }
        session = found.get();
        Thread.ofVirtual().name("media-news").start(this::tellNews);
        tell(new ServerMessage.Opened(micros()));
        partners.looks()
                .onEnd(
                        found.get(),
                        () -> endSoon(CloseStatus.POLICY_VIOLATION.withReason("session ended")));
    }

    private Optional<Session> redeemed(ClientMessage.Open open, byte[] key, byte[] signature) {
        return partners.tickets()
                .redeem(
                        open.ticket(),
                        key,
                        java.util.Base64.getUrlDecoder().decode(nonce),
                        signature);
    }

    private void begin(long number, MediaChannel channel) {
        if (channels.size() >= MOST_CHANNELS) {
            tell(
                    new ServerMessage.Closed(
                            number,
                            Optional.of(
                                    Kind.TOO_MANY.because(
                                            "too-many-channels",
                                            "%d channels are open.".formatted(MOST_CHANNELS),
                                            "Close one of them first."))));
            return;
        }
        if (channels.putIfAbsent(number, channel) != null) {
            throw new MalformedMessageException("Channel %d is open already.".formatted(number));
        }
        channel.start();
    }

    private Optional<MediaChannel> channel(long number) {
        return Optional.ofNullable(channels.get(number));
    }

    /// A channel that has just been closed by the server may still be spoken to; nobody answers.
    private void playing(long number, java.util.function.Consumer<PlaybackChannel> action) {
        switch (channel(number).orElse(null)) {
            case PlaybackChannel playback -> action.accept(playback);
            case LiveChannel _ ->
                    throw new MalformedMessageException("Channel %d is live.".formatted(number));
            case null -> {}
        }
    }

    /// Sends; from a thread that may wait. If the other side is gone, so is the connection.
    void tell(ServerMessage message) {
        try {
            wire.send(partners.json().text(message));
        } catch (IOException | IllegalStateException gone) {
            end(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    /// Sends a frame; from a channel's thread.
    void send(java.nio.ByteBuffer frame) {
        try {
            wire.send(frame);
        } catch (IOException | IllegalStateException gone) {
            end(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    /// A channel's thread has ended.
    void ended(MediaChannel channel) {
        channels.remove(channel.number(), channel);
    }

    boolean over() {
        return over;
    }

    private void refuse(Problem problem) {
        tell(new ServerMessage.Refused(problem));
        end(CloseStatus.POLICY_VIOLATION.withReason(problem.key()));
    }

    /// Ends it from our side.
    void end(CloseStatus status) {
        wire.close(status);
        closed();
    }

    /// As [#end], for a thread that must not wait: closing says good-bye, behind what is being sent.
    private void endSoon(CloseStatus status) {
        Thread.startVirtualThread(() -> end(status));
    }

    /// The socket is closed: every channel ends, each writes what was seen.
    void closed() {
        over = true;
        channels.values().forEach(MediaChannel::close);
    }

    /// The other side gave a sign of life.
    void alive() {
        heardNanos = System.nanoTime();
    }

    /// Called every second: pings, and closes what fell silent or never opened.
    void round() {
        var now = System.nanoTime();
        if (session == null && now - bornNanos > MediaSocket.OPEN_WITHIN.toNanos()) {
            endSoon(CloseStatus.POLICY_VIOLATION.withReason("not opened in time"));
        } else if (now - heardNanos > MediaSocket.SILENT_FOR.toNanos()) {
            endSoon(CloseStatus.SESSION_NOT_RELIABLE);
        } else if (now - pingedNanos > MediaSocket.PING_EVERY.toNanos()) {
            pingedNanos = now;
            Thread.startVirtualThread(this::ping);
        }
    }

    private void ping() {
        try {
            wire.ping();
        } catch (IOException | IllegalStateException gone) {
            end(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    /// A stream's state has changed. Never blocks; if nobody listens fast enough, news are dropped, and
    /// the next change tells the truth again.
    void stateChanged(StateChange change) {
        for (var channel : channels.values()) {
            if (channel instanceof LiveChannel live
                    && live.shows(change.camera(), change.stream())) {
                var _ =
                        news.offer(
                                new ServerMessage.State(
                                        live.number(), StateView.of(change.state())));
            }
        }
    }

    /// Somebody asked for approval, or answered. Never blocks.
    void approvalsChanged() {
        if (session != null) {
            var _ = news.offer(new ServerMessage.Approvals());
        }
    }

    /// Somebody took something in an emergency, or it has ended or was reviewed. Never blocks.
    void emergenciesChanged() {
        if (session != null) {
            var _ = news.offer(new ServerMessage.Emergencies());
        }
    }

    private void tellNews() {
        try {
            while (!over) {
                var next = news.poll(1, java.util.concurrent.TimeUnit.SECONDS);
                if (next != null) {
                    tell(next);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private long micros() {
        return micros(partners.clock().instant());
    }

    static long micros(Instant instant) {
        return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1_000;
    }
}
