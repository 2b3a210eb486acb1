package org.custodes.rtsp;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.custodes.media.ParameterSets;
import org.jspecify.annotations.Nullable;

/// Opens a session on a connection: OPTIONS, DESCRIBE, SETUP of one track, PLAY.
final class Opening {
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*([0-9]{1,6})");
    private static final Pattern SESSION_ID = Pattern.compile("[\\x21-\\x7e&&[^;,]]{1,256}");
    private static final int UNSUPPORTED_TRANSPORT = 461;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final RtspAddress address;
    private final RtspSettings settings;
    private final Connection connection;
    private final SecureRandom random;
    private final Conversation conversation;
    private final EarlyFrames early;
    private @Nullable TrackChannels channels;
    private String offered = "";
    private String server = "";

    Opening(
            RtspAddress address,
            Authenticator authenticator,
            RtspSettings settings,
            Connection connection,
            SecureRandom random) {
        this.address = address;
        this.settings = settings;
        this.connection = connection;
        this.random = random;
        this.early = new EarlyFrames(settings.mostFrameBytes());
        this.conversation =
                new Conversation(connection, authenticator, settings.answerTimeout(), this::packet);
    }

    /// What was opened.
    ///
    /// @param early what arrived before the answer to PLAY
    /// @param aggregate the address of the session
    record Opened(
            StreamFacts facts,
            Conversation conversation,
            TrackChannels channels,
            EarlyFrames early,
            KeepAlive keepAlive,
            String aggregate) {}

    Opened open() {
        // Whatever it answers: a camera that refuses OPTIONS may stream all the same.
        note(conversation.ask("OPTIONS", address.target(), Map.of()));
        var description =
                fine(
                        "DESCRIBE",
                        conversation.ask(
                                "DESCRIBE", address.target(), Map.of("Accept", "application/sdp")));
        var sdp = Sdp.read(description.body().array());
        var choice = TrackChoice.of(sdp);
        var base = ControlAddress.base(description, address.target());
        var aggregate = ControlAddress.below(base, sdp.control());
        var track = ControlAddress.below(base, choice.media().control());

        var sets = choice.sets();
        var config = sets.config();
        var timeout = setUp(track, choice, sets);
        fine("PLAY", conversation.ask("PLAY", aggregate, Map.of("Range", "npt=0.000-")));

        var keepAlive = keepAliveMethod();
        var beside = choice.beside(sdp);
        var facts =
                new StreamFacts(
                        choice.codec(),
                        transport(),
                        connection.certificate(),
                        choice.parameters(),
                        config,
                        server,
                        ServerText.shown(sdp.title()),
                        keepAlive,
                        timeout,
                        beside.video(),
                        beside.audio(),
                        beside.metadata(),
                        beside.backChannel());
        return new Opened(
                facts,
                conversation,
                channels(),
                early,
                new KeepAlive(conversation, keepAlive, aggregate, timeout, System.nanoTime()),
                aggregate);
    }

    private RtspTransport transport() {
        if (address.transport() == RtspTransport.HTTP) {
            return RtspTransport.HTTP;
        }
        return channels().areDatagrams() ? RtspTransport.UDP : RtspTransport.TCP;
    }

    /// Sets up that track.
    ///
    /// @return the session's time-out
    private Duration setUp(String track, TrackChoice choice, ParameterSets sets) {
        var asked = ask(track, address.transport() == RtspTransport.UDP);
        if (asked.isRefused() && address.transport() == RtspTransport.TCP_OR_UDP) {
            asked = ask(track, true);
        }
        var answer = fine("SETUP", asked.answer());
        var transport = asked.transport();
        follow(transport, asked.datagrams());
        var session = answer.header("Session").orElse("");
        conversation.join(sessionId(session));
        // From here on packets are taken: some cameras send them before they answer PLAY.
        channels =
                new TrackChannels(
                        transport,
                        new VideoTrack(
                                choice.codec(),
                                sets,
                                choice.size(),
                                choice.otherPayloads(),
                                transport.source(),
                                settings.mostFrameBytes(),
                                random,
                                early,
                                System.nanoTime()));
        return timeout(session);
    }

    /// What was asked for, and what came of it.
    private record Asked(RtspMessage answer, Optional<Datagrams> datagrams) {

        boolean isRefused() {
            return answer.status() == UNSUPPORTED_TRANSPORT;
        }

        TransportAnswer transport() {
            var told = answer.header("Transport").orElse("");
            return TransportAnswer.read(told, datagrams.isPresent());
        }
    }

    private void follow(TransportAnswer transport, Optional<Datagrams> datagrams) {
        switch (transport) {
            case TransportAnswer.ByDatagram(var rtp, var rtcp, _) ->
                    datagrams.ifPresent(own -> own.sendTo(rtp, rtcp));
            case TransportAnswer.Interleaved _ -> connection.closeDatagrams();
        }
    }

    private Asked ask(String track, boolean byDatagram) {
        var datagrams =
                byDatagram ? Optional.of(connection.openDatagrams()) : Optional.<Datagrams>empty();
        var wanted =
                datagrams
                        .map(own ->
                                "RTP/AVP;unicast;client_port=%d-%d"
                                        .formatted(own.port(), own.port() + 1))
                        .orElse("RTP/AVP/TCP;unicast;interleaved=0-1");
        var answer = conversation.ask("SETUP", track, Map.of("Transport", wanted));
        return new Asked(answer, datagrams);
    }

    private static String sessionId(String header) {
        var semicolon = header.indexOf(';');
        var id = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
        if (!id.isEmpty() && !SESSION_ID.matcher(id).matches()) {
            throw new RtspException(
                    RtspException.Fault.PROTOCOL,
                    "It named its session by %d characters that cannot be sent back"
                            .formatted(id.length()));
        }
        return id;
    }

    private static Duration timeout(String header) {
        var found = TIMEOUT.matcher(header);
        var seconds = found.find() ? Integer.parseInt(found.group(1)) : 0;
        return seconds < 1 ? USUAL_TIMEOUT : Duration.ofSeconds(seconds);
    }

    private String keepAliveMethod() {
        var methods = Arrays.stream(offered.split(",", 64)).map(String::strip).toList();
        return methods.contains("GET_PARAMETER") ? "GET_PARAMETER" : "OPTIONS";
    }

    private RtspMessage note(RtspMessage answer) {
        answer.header("Public").ifPresent(methods -> offered = methods);
        answer.header("Server").ifPresent(name -> server = ServerText.shown(name));
        return answer;
    }

    private RtspMessage fine(String method, RtspMessage answer) {
        note(answer);
        if (answer.status() / 100 == 2) {
            return answer;
        }
        throw switch (answer.status()) {
            case 404, 410 ->
                    new RtspException(
                            RtspException.Fault.NOT_FOUND,
                            "It has no such stream (%s). Check the path".formatted(answer.told()));
            case 301, 302, 303, 305 ->
                    refused(method, answer, "It points to another address. Enter that one instead");
            case 453, 503 ->
                    refused(method, answer, "It has no room. End other viewers of it, or wait");
            case 403 -> refused(method, answer, "Give the user the right to see the stream");
            case UNSUPPORTED_TRANSPORT -> refused(method, answer, transportAdvice());
            default -> refused(method, answer, "Look into its own log or settings");
        };
    }

    private String transportAdvice() {
        return switch (address.transport()) {
            case TCP, HTTP ->
                    "Allow RTP over RTSP (TCP) in its settings, or choose UDP for it here";
            case UDP -> "Allow unicast UDP in its settings, or choose TCP for it here";
            case TCP_OR_UDP -> "Allow RTP over RTSP (TCP) or unicast UDP in its settings";
        };
    }

    private static RtspException refused(String method, RtspMessage answer, String nextStep) {
        return new RtspException(
                RtspException.Fault.REFUSED_BY_CAMERA,
                "It answered %s with %s. %s".formatted(method, answer.told(), nextStep));
    }

    private void packet() {
        var taken = channels;
        if (taken != null) {
            taken.packet(connection);
        }
    }

    private TrackChannels channels() {
        var taken = channels;
        if (taken == null) {
            throw new IllegalStateException("SETUP comes before PLAY");
        }
        return taken;
    }
}
