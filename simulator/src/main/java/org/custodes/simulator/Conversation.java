package org.custodes.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is said on one connection (RFC 2326): OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN.
/// A session lives and dies with its connection. Owned by the loop's thread.
final class Conversation {
    private static final int MOST_REPLY_BACKLOG = 1 << 20;
    private static final Pattern CHANNELS =
            Pattern.compile("interleaved=(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final Pattern PORTS = Pattern.compile("client_port=(\\d{1,5})-(\\d{1,5})");

    private final Connection connection;
    private final Host host;
    private @Nullable RtspRequest held;
    private @Nullable Session session;

    /// What a conversation needs of the server around it.
    interface Host {
        Optional<SimulatedCamera> camera(String path);

        RandomGenerator random();

        /// Ports that send to these of the client.
        DatagramOutlet datagrams(Connection connection, int firstPort, int secondPort)
                throws IOException;

        Tunnels tunnels();

        long nanoTime();
    }

    /// What the client has set up.
    private static final class Session {
        final String id;
        final SimulatedCamera camera;
        ConnectedClient.@Nullable Way way;
        long lastRequestNanos;
        @Nullable ConnectedClient playing;

        Session(String id, SimulatedCamera camera) {
            this.id = id;
            this.camera = camera;
        }
    }

    Conversation(Connection connection, Host host) {
        this.connection = connection;
        this.host = host;
    }

    /// Whether a request waits until its camera speaks again.
    boolean isHeld() {
        return held != null;
    }

    boolean isExpired(long nowNanos) {
        return session != null
                && nowNanos - session.lastRequestNanos
                        > session.camera.settings().sessionTimeout().toNanos();
    }

    void take(RequestReader.Incoming incoming) {
        switch (incoming) {
            case RequestReader.Incoming.Request(var request) -> take(request);
            case RequestReader.Incoming.Interleaved(var receiverReport) -> {
                if (receiverReport && session != null && session.playing != null) {
                    session.playing.countReceiverReport();
                }
            }
        }
    }

    void resume() {
        var request = held;
        if (request != null) {
            held = null;
            take(request);
        }
    }

    void refuseMalformed() {
        reply("RTSP/1.0 400 Bad Request\r\n\r\n");
        connection.hangUp();
    }

    /// The connection is over.
    void end() {
        if (session != null && session.playing != null) {
            session.camera.leave(session.playing);
        }
        closeDatagrams();
        session = null;
    }

    private void closeDatagrams() {
        if (session != null && session.way != null && session.way.datagrams() != null) {
            session.way.datagrams().close();
        }
    }

    private void take(RtspRequest request) {
        var camera = cameraOf(request.path());
        if (request.isHttp()) {
            tunnel(request, camera);
            return;
        }
        if (camera.isEmpty()) {
            answer(request, "404 Not Found", "");
            return;
        }
        if (camera.get().isMute(host.nanoTime()) || isClientMute()) {
            held = request;
            return;
        }
        if (session != null) {
            session.lastRequestNanos = host.nanoTime();
        }
        converse(request, camera.get());
    }

    private void tunnel(RtspRequest request, Optional<SimulatedCamera> camera) {
        var cookie = request.header("x-sessioncookie").orElse("");
        boolean offered =
                camera.isPresent()
                        && camera.get().settings().transport() == CameraSettings.Transport.HTTP;
        if (!offered || cookie.isEmpty()) {
            reply("HTTP/1.0 404 Not Found\r\n\r\n");
            connection.hangUp();
            return;
        }
        if (camera.get().authentication().judge(request) != Authentication.Verdict.ADMITTED) {
            camera.get().countRefusal();
            reply("HTTP/1.0 401 Unauthorized\r\n%s\r\n".formatted(challenges(camera.get(), false)));
            connection.hangUp();
            return;
        }
        var answers = host.tunnels().of(cookie);
        if (request.method().equals("GET")) {
            host.tunnels().begin(cookie, connection);
            reply("HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n");
        } else if (request.method().equals("POST") && answers != null) {
            connection.leadTo(answers);
        } else {
            reply("HTTP/1.0 400 Bad Request\r\n\r\n");
            connection.hangUp();
        }
    }

    private boolean isClientMute() {
        return session != null
                && session.playing != null
                && session.playing.isMute(host.nanoTime());
    }

    private Optional<SimulatedCamera> cameraOf(String path) {
        var whole = host.camera(path);
        int track = path.lastIndexOf("/trackID=");
        return whole.isPresent() || track < 0 ? whole : host.camera(path.substring(0, track));
    }

    private void converse(RtspRequest request, SimulatedCamera camera) {
        if (request.method().equals("OPTIONS")) {
            options(request, camera);
            return;
        }
        var verdict = camera.authentication().judge(request);
        if (verdict != Authentication.Verdict.ADMITTED) {
            camera.countRefusal();
            challenge(request, camera, verdict == Authentication.Verdict.STALE);
            return;
        }
        switch (request.method()) {
            case "DESCRIBE" -> describe(request, camera);
            case "SETUP" -> setUp(request, camera);
            case "PLAY" -> inSession(request, this::play);
            case "GET_PARAMETER" -> getParameter(request, camera.settings());
            case "TEARDOWN" -> inSession(request, this::tearDown);
            default -> answer(request, "501 Not Implemented", "");
        }
    }

    private void options(RtspRequest request, SimulatedCamera camera) {
        boolean keepsAlive = session != null && session.playing != null;
        if (!keepsAlive || !camera.settings().has(Quirk.KEEP_ALIVE_UNANSWERED)) {
            answer(request, "200 OK", "Public: %s\r\n".formatted(methods(camera)));
        }
    }

    private void getParameter(RtspRequest request, CameraSettings settings) {
        if (!settings.offersGetParameter() || settings.has(Quirk.GET_PARAMETER_BY_NAME_ONLY)) {
            answer(request, "501 Not Implemented", "");
        } else if (settings.has(Quirk.PACKETS_AROUND_ANSWERS)) {
            answer(request, "200 OK", sessionLine() + "Content-Length: 6\r\n", "$\0\0\2ab");
        } else if (!settings.has(Quirk.KEEP_ALIVE_UNANSWERED)) {
            answer(request, "200 OK", sessionLine());
        }
    }

    private static String methods(SimulatedCamera camera) {
        var usual = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN";
        return camera.settings().offersGetParameter() ? usual + ", GET_PARAMETER" : usual;
    }

    private void challenge(RtspRequest request, SimulatedCamera camera, boolean stale) {
        answer(request, "401 Unauthorized", challenges(camera, stale));
    }

    private static String challenges(SimulatedCamera camera, boolean stale) {
        var headers = new StringBuilder();
        for (var challenge : camera.authentication().challenges(stale)) {
            headers.append("WWW-Authenticate: ").append(challenge).append("\r\n");
        }
        return headers.toString();
    }

    private void describe(RtspRequest request, SimulatedCamera camera) {
        var sdp = SessionDescription.of(camera.clip(), camera.settings(), base(request));
        var place =
                camera.settings().has(Quirk.NO_CONTROL)
                        ? ""
                        : "Content-Base: %s\r\n".formatted(base(request));
        var headers =
                "%sContent-Type: application/sdp\r\nContent-Length: %d\r\n"
                        .formatted(place, sdp.length());
        answer(request, "200 OK", headers, sdp);
    }

    private void setUp(RtspRequest request, SimulatedCamera camera) {
        var transport = request.header("transport").orElse("");
        if (!isAllowed(transport, camera.settings().transport())) {
            answer(request, "461 Unsupported Transport", "");
            return;
        }
        if (session != null && session.camera != camera) {
            answer(request, "455 Method Not Valid in This State", "");
            return;
        }
        if (session == null) {
            var id = "%016x".formatted(host.random().nextLong());
            session = new Session(id, camera);
            session.lastRequestNanos = host.nanoTime();
        }
        boolean video =
                !request.path().endsWith(SessionDescription.AUDIO)
                        && !request.path().endsWith(SessionDescription.METADATA);
        if (video && !transport.contains("RTP/AVP/TCP")) {
            setUpDatagrams(request, transport, session);
            return;
        }
        var channels = CHANNELS.matcher(transport);
        int first = channels.find() ? Integer.parseInt(channels.group(1)) & 0xff : video ? 0 : 2;
        int second =
                channels.hasMatch() && channels.group(2) != null
                        ? Integer.parseInt(channels.group(2)) & 0xff
                        : first + 1 & 0xff;
        if (camera.settings().has(Quirk.OTHER_CHANNELS)) {
            first = first + 6 & 0xff;
            second = second + 8 & 0xff;
        }
        if (video) {
            session.way = new ConnectedClient.Way(first, second, null);
        } else {
            camera.countOtherTrack();
        }
        answer(
                request,
                "200 OK",
                "Transport: RTP/AVP/TCP;unicast;interleaved=%d-%d\r\n".formatted(first, second)
                        + sessionLine());
    }

    private static boolean isAllowed(String transport, CameraSettings.Transport ways) {
        boolean tcp = transport.contains("RTP/AVP/TCP");
        return switch (ways) {
            case TCP, HTTP -> tcp;
            case UDP -> !tcp && PORTS.matcher(transport).find();
            case TCP_OR_UDP -> tcp || PORTS.matcher(transport).find();
        };
    }

    private void setUpDatagrams(RtspRequest request, String transport, Session current) {
        var ports = PORTS.matcher(transport);
        if (!ports.find()) {
            throw new IllegalStateException("The ports were looked for before");
        }
        try {
            var datagrams =
                    host.datagrams(
                            connection,
                            Integer.parseInt(ports.group(1)) & 0xffff,
                            Integer.parseInt(ports.group(2)) & 0xffff);
            current.way = new ConnectedClient.Way(0, 1, datagrams);
            answer(
                    request,
                    "200 OK",
                    "Transport: RTP/AVP;unicast;%s;server_port=%d-%d\r\n"
                                    .formatted(
                                            ports.group(),
                                            datagrams.picturesPort(),
                                            datagrams.reportsPort())
                            + sessionLine());
        } catch (IOException e) {
            answer(request, "500 Internal Server Error", "");
        }
    }

    private interface InSession {
        void apply(RtspRequest request, Session session);
    }

    private void inSession(RtspRequest request, InSession then) {
        var current = session;
        var named = request.header("session").orElse("");
        if (current == null || !named.split(";", 2)[0].strip().equals(current.id)) {
            answer(request, "454 Session Not Found", "");
        } else {
            then.apply(request, current);
        }
    }

    private void play(RtspRequest request, Session current) {
        var way = current.way;
        if (way == null) {
            answer(request, "455 Method Not Valid in This State", "");
            return;
        }
        var client = current.playing;
        boolean begins = client == null;
        if (client == null) {
            client = new ConnectedClient(current.camera, connection, host.random(), way);
            current.playing = client;
        }
        var told =
                sessionLine()
                        + "Range: npt=now-\r\nRTP-Info: url=%s%s;seq=%d;rtptime=%d\r\n"
                                .formatted(
                                        base(request),
                                        SessionDescription.VIDEO,
                                        client.nextSequence(),
                                        client.nextTimestamp());
        if (begins && current.camera.settings().has(Quirk.PACKETS_AROUND_ANSWERS)) {
            client.afterNextFrame(() -> answer(request, "200 OK", told));
        } else {
            answer(request, "200 OK", told);
        }
        if (begins) {
            current.camera.join(client);
        }
    }

    private void tearDown(RtspRequest request, Session current) {
        answer(request, "200 OK", sessionLine());
        if (current.playing != null) {
            current.camera.leave(current.playing);
        }
        closeDatagrams();
        session = null;
    }

    private String sessionLine() {
        return session == null
                ? ""
                : "Session: %s;timeout=%d\r\n"
                        .formatted(
                                session.id,
                                Math.max(
                                        1, session.camera.settings().sessionTimeout().toSeconds()));
    }

    private static String base(RtspRequest request) {
        return request.uri().replaceAll("/*$", "/");
    }

    private void answer(RtspRequest request, String status, String headers) {
        answer(request, status, headers, "");
    }

    private void answer(RtspRequest request, String status, String headers, String body) {
        var number = request.header("cseq").map(cseq -> "CSeq: " + cseq + "\r\n").orElse("");
        reply("RTSP/1.0 " + status + "\r\n" + number + headers + "\r\n" + body);
    }

    private void reply(String text) {
        connection.send(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), MOST_REPLY_BACKLOG);
    }
}
