package org.custodes.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One camera that is not there: a path of the server, a clip that goes round at its real pace from the
/// moment it was added, and a log of what it sent.
///
/// All its clients see the same access unit at the same time. The verbs may be called from any thread
/// and have taken effect when they return; they hit all clients at once, [ConnectedClient] has those
/// for one alone.
public final class SimulatedCamera {
    private final URI uri;
    private final CameraSettings settings;
    private final Loop loop;
    private final InstantSource clock;
    private final FrameLog log;
    private final Packetizer packetizer;
    private final Authentication authentication;

    // Owned by the loop's thread
    private final List<ConnectedClient> clients = new ArrayList<>();
    private final Faults faults = new Faults();
    private final Timeline timeline;
    private @Nullable Clip nextClip;
    private Instant clockStart;
    private long muteUntilNanos;
    private boolean muted;
    private long otherTracksSetUp;
    private long refusals;
    private long lostClients;

    SimulatedCamera(
            URI uri,
            Clip clip,
            CameraSettings settings,
            Loop loop,
            InstantSource clock,
            long startNanos) {
        this.uri = uri;
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.log = new FrameLog(settings.frameLog());
        this.packetizer = new Packetizer(settings);
        this.authentication = new Authentication(settings.credentials(), loop.random());
        this.timeline = new Timeline(clip, startNanos, settings.clockDrift());
        this.clockStart = clock.instant().plus(settings.clockOffset());
    }

    /// Its address, without credentials.
    public URI uri() {
        return uri;
    }

    /// What it sent and when; may be read from any thread.
    public FrameLog log() {
        return log;
    }

    /// The next `packets` packets are lost, the same ones for every client.
    public void drop(int packets) {
        loop.call(() -> faults.drop(packets));
    }

    /// From now on every packet is lost with this probability, by a seed; 0 ends it.
    public void dropRate(double rate, long seed) {
        loop.call(() -> faults.dropRate(rate, seed));
    }

    /// The next `pairs` pairs of neighbouring packets of one frame arrive in the wrong order.
    public void swap(int pairs) {
        loop.call(() -> faults.swap(pairs));
    }

    /// The next `packets` packets arrive twice.
    public void duplicate(int packets) {
        loop.call(() -> faults.duplicate(packets));
    }

    /// The next `packets` packets of each client arrive behind so many others that were sent after them.
    public void late(int packets, int behind) {
        loop.call(() -> clients.forEach(client -> client.late(packets, behind)));
    }

    /// It accepts connections but sends nothing for so long, no answer either: requests are answered
    /// afterwards, frames are lost. They are counted and logged all the same.
    public void mute(Duration time) {
        loop.call(() -> {
            muted = true;
            muteUntilNanos = loop.nanoTime() + time.toNanos();
        });
    }

    /// Resets (RST) the connections of all who are watching.
    public void reset() {
        loop.call(() -> List.copyOf(clients).forEach(client -> client.connection().reset()));
    }

    /// Closes (FIN) the connections of all who are watching.
    public void hangUp() {
        loop.call(() -> List.copyOf(clients).forEach(client -> client.connection().hangUp()));
    }

    /// Shows another clip from the next frame on, of another size too; time goes on. It must have the
    /// same codec, for that is announced once.
    public void show(Clip other) {
        if (other.codec() != clip().codec()) {
            throw new IllegalArgumentException(
                    "%s shows %s and cannot go on with %s"
                            .formatted(uri, clip().codec(), other.codec()));
        }
        loop.call(() -> nextClip = other);
    }

    /// The camera's wall clock jumps by that much, back where it is negative: its sender reports say
    /// so from the next one on, which comes at once. Its media clock goes on.
    public void stepClock(Duration by) {
        loop.call(() -> {
            clockStart = clockStart.plus(by);
            clients.forEach(ConnectedClient::reportSoon);
        });
    }

    /// The timestamps of its packets jump by that much, back where it is negative, as if its encoder
    /// had begun anew. Neither its pace nor its wall clock changes.
    public void stepMediaClock(Duration by) {
        loop.call(() -> clients.forEach(client -> client.stepTimestamps(by)));
    }

    /// Nonces handed out so far are stale from now on.
    public void renewNonce() {
        loop.call(authentication::renewNonce);
    }

    /// How many clients are watching.
    public int clients() {
        return loop.ask(clients::size);
    }

    /// Those who are watching.
    public List<ConnectedClient> connected() {
        return loop.ask(() -> List.copyOf(clients));
    }

    /// Whether any client ever set up the audio or the metadata track.
    public boolean audioWasSetUp() {
        return loop.ask(() -> otherTracksSetUp > 0);
    }

    /// How many requests were answered by 401, first ones without a password among them.
    public long refusals() {
        return loop.ask(() -> refusals);
    }

    /// How many clients were disconnected because they were too slow or gone.
    public long lostClients() {
        return loop.ask(() -> lostClients);
    }

    String path() {
        return uri.getPath().substring(1);
    }

    CameraSettings settings() {
        return settings;
    }

    Loop loop() {
        return loop;
    }

    Authentication authentication() {
        return authentication;
    }

    Clip clip() {
        return loop.ask(timeline::clip);
    }

    boolean isMute(long nowNanos) {
        muted = muted && nowNanos - muteUntilNanos < 0;
        return muted;
    }

    long nextMediaTime() {
        return timeline.mediaTime();
    }

    long mediaTimeAt(long nanos) {
        return timeline.mediaTimeAt(nanos);
    }

    /// What the camera's own clock shows.
    Instant clockAt(long nanos) {
        return clockStart.plusNanos(timeline.elapsed(nanos));
    }

    void join(ConnectedClient client) {
        clients.add(client);
    }

    void leave(ConnectedClient client) {
        clients.remove(client);
    }

    void countOtherTrack() {
        otherTracksSetUp++;
    }

    void countRefusal() {
        refusals++;
    }

    void countLostClient() {
        lostClients++;
    }

    long dueNanos() {
        return timeline.dueNanos();
    }

    /// Sends the next access unit to everybody.
    ///
    /// @param packets where it is cut, for all cameras in turn
    void sendNext(Packets packets, long nowNanos) {
        timeline.forgive(nowNanos);
        if (nextClip != null) {
            timeline.switchTo(nextClip);
            nextClip = null;
        }
        var unit = timeline.unit();
        long mediaTime = timeline.mediaTime();
        log.add(nowNanos, clock.instant(), mediaTime, unit);
        if (!clients.isEmpty() && !isMute(nowNanos)) {
            packetizer.cut(timeline.clip().codec(), unit.data().array(), packets);
            var order = faults.none() ? null : faults.arrange(packets.inOrder());
            // From the back, for a client that fails leaves the list.
            for (int i = clients.size() - 1; i >= 0; i--) {
                clients.get(i).send(unit, mediaTime, packets, order, nowNanos);
            }
        }
        timeline.advance();
    }
}
