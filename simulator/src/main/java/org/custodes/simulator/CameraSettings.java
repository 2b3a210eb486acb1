package org.custodes.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a simulated camera behaves. Begin with [#usual()] and say what is different; each `with` method
/// answers a changed copy.
public final class CameraSettings {

    /// With which frame a client that joins begins.
    public enum Begin {
        /// The very next one, as many cameras do.
        NEXT_FRAME,
        /// The next one that can be decoded.
        NEXT_KEY_FRAME
    }

    /// Which ways its pictures may take.
    public enum Transport {
        /// Between the answers; datagrams are refused (461).
        TCP,
        /// As datagrams; anything else is refused (461).
        UDP,
        /// As the client asks.
        TCP_OR_UDP,
        /// As [#TCP], and in a tunnel of HTTP where a client digs one.
        HTTP
    }

    private @Nullable Credentials credentials;
    private Transport transport = Transport.TCP;
    private Begin begin = Begin.NEXT_FRAME;
    private Duration sessionTimeout = Duration.ofSeconds(60);
    private boolean otherTracks;
    private boolean parameterSetsInSdp = true;
    private boolean offersGetParameter = true;
    private Duration clockOffset = Duration.ZERO;
    private double clockDrift;
    private Duration reportInterval = Duration.ofSeconds(5);
    private boolean wrapsSoon;
    private int packetBytes = 1400;
    private int backlogBytes = 4 << 20;
    private Set<Quirk> quirks = Set.of();
    private @Nullable Path frameLog;

    private CameraSettings() {}

    private CameraSettings(CameraSettings from) {
        credentials = from.credentials;
        transport = from.transport;
        begin = from.begin;
        sessionTimeout = from.sessionTimeout;
        otherTracks = from.otherTracks;
        parameterSetsInSdp = from.parameterSetsInSdp;
        offersGetParameter = from.offersGetParameter;
        clockOffset = from.clockOffset;
        clockDrift = from.clockDrift;
        reportInterval = from.reportInterval;
        wrapsSoon = from.wrapsSoon;
        packetBytes = from.packetBytes;
        backlogBytes = from.backlogBytes;
        quirks = from.quirks;
        frameLog = from.frameLog;
    }

    /// Open to everybody, TCP and video only, 60 s sessions, an exact clock, 1400-byte packets, 4 MiB backlog.
    public static CameraSettings usual() {
        return new CameraSettings();
    }

    /// Only who proves to know these may watch.
    public CameraSettings withCredentials(Credentials who) {
        var changed = new CameraSettings(this);
        changed.credentials = who;
        return changed;
    }

    public CameraSettings withTransport(Transport ways) {
        var changed = new CameraSettings(this);
        changed.transport = ways;
        return changed;
    }

    public CameraSettings withBegin(Begin where) {
        var changed = new CameraSettings(this);
        changed.begin = where;
        return changed;
    }

    /// A client that sends no request for so long (RTCP does not count) is disconnected.
    public CameraSettings withSessionTimeout(Duration timeout) {
        require(timeout.isPositive(), "A session lasts longer than 0", timeout);
        var changed = new CameraSettings(this);
        changed.sessionTimeout = timeout;
        return changed;
    }

    /// Announces an audio and a metadata track beside the video. Nothing is ever sent on them;
    /// [SimulatedCamera#audioWasSetUp()] tells whether a client asked for any.
    public CameraSettings withOtherTracks() {
        var changed = new CameraSettings(this);
        changed.otherTracks = true;
        return changed;
    }

    /// The SDP does not carry the parameter sets; they come with each key frame alone.
    public CameraSettings withParameterSetsInBandOnly() {
        var changed = new CameraSettings(this);
        changed.parameterSetsInSdp = false;
        return changed;
    }

    /// GET_PARAMETER is neither announced nor answered: sessions are kept alive by OPTIONS.
    public CameraSettings withoutGetParameter() {
        var changed = new CameraSettings(this);
        changed.offersGetParameter = false;
        return changed;
    }

    /// Gives the camera a clock of its own, which its sender reports and its pace go by.
    ///
    /// @param offset how far the camera's clock is ahead of the machine's when it begins
    /// @param drift how much faster it runs, -0.1 to 0.1: 50e-6 gains 50 microseconds a second
    public CameraSettings withClock(Duration offset, double drift) {
        require(Math.abs(drift) <= 0.1, "A clock drifts by a tenth at most", drift);
        var changed = new CameraSettings(this);
        changed.clockOffset = offset;
        changed.clockDrift = drift;
        return changed;
    }

    /// Time between sender reports; the first comes before the first frame in any case.
    public CameraSettings withReportInterval(Duration interval) {
        require(interval.isPositive(), "Reports come after a time longer than 0", interval);
        var changed = new CameraSettings(this);
        changed.reportInterval = interval;
        return changed;
    }

    /// Sequence numbers wrap after 16 packets, timestamps after a second.
    public CameraSettings withNumbersThatWrapSoon() {
        var changed = new CameraSettings(this);
        changed.wrapsSoon = true;
        return changed;
    }

    /// The largest RTP payload, 64 to 65,000 bytes.
    public CameraSettings withPacketBytes(int bytes) {
        require(bytes >= 64 && bytes <= 65_000, "A packet carries 64 to 65000 bytes", bytes);
        var changed = new CameraSettings(this);
        changed.packetBytes = bytes;
        return changed;
    }

    /// How much may wait for a slow client before it is disconnected.
    public CameraSettings withBacklogBytes(int bytes) {
        require(bytes >= 1024, "A backlog has room for at least 1024 bytes", bytes);
        var changed = new CameraSettings(this);
        changed.backlogBytes = bytes;
        return changed;
    }

    /// Has these habits, and no others.
    public CameraSettings withQuirks(Quirk... habits) {
        var changed = new CameraSettings(this);
        changed.quirks = Set.of(habits);
        return changed;
    }

    /// Writes the frame log into this file too.
    public CameraSettings withFrameLog(Path file) {
        var changed = new CameraSettings(this);
        changed.frameLog = file;
        return changed;
    }

    private static void require(boolean holds, String rule, Object got) {
        if (!holds) {
            throw new IllegalArgumentException("%s, but got %s".formatted(rule, got));
        }
    }

    @Nullable Credentials credentials() {
        return credentials;
    }

    Transport transport() {
        return transport;
    }

    Begin begin() {
        return begin;
    }

    Duration sessionTimeout() {
        return sessionTimeout;
    }

    boolean otherTracks() {
        return otherTracks;
    }

    boolean parameterSetsInSdp() {
        return parameterSetsInSdp;
    }

    boolean offersGetParameter() {
        return offersGetParameter;
    }

    Duration clockOffset() {
        return clockOffset;
    }

    double clockDrift() {
        return clockDrift;
    }

    Duration reportInterval() {
        return reportInterval;
    }

    boolean wrapsSoon() {
        return wrapsSoon;
    }

    int packetBytes() {
        return packetBytes;
    }

    int backlogBytes() {
        return backlogBytes;
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    @Nullable Path frameLog() {
        return frameLog;
    }
}
