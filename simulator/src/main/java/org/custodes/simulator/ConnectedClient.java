package org.custodes.simulator;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One client that is being sent a camera's pictures, with its own source number, sequence and timestamp
/// start. Its fault verbs hit it alone, and have taken effect when they return.
public final class ConnectedClient {
    private static final int PACKETS_TO_WRAP = 16;

    private final SimulatedCamera camera;
    private final Connection connection;
    private final int source;
    private final int videoChannel;
    private final int reportChannel;

    // Owned by the loop's thread
    private final Faults faults = new Faults();
    private int sequence;
    private int timestampStart;
    private long packetsSent;
    private long octetsSent;
    private long nextReportNanos = Long.MIN_VALUE;
    private long muteUntilNanos;
    private boolean muted;
    private boolean begun;
    private long receiverReports;
    private @Nullable Runnable afterNextFrame;

    ConnectedClient(
            SimulatedCamera camera,
            Connection connection,
            RandomGenerator random,
            int videoChannel,
            int reportChannel) {
        this.camera = camera;
        this.connection = connection;
        this.videoChannel = videoChannel;
        this.reportChannel = reportChannel;
        this.source = random.nextInt();
        boolean wraps = camera.settings().wrapsSoon();
        this.sequence = wraps ? 0x1_0000 - PACKETS_TO_WRAP : random.nextInt(0x1_0000);
        this.timestampStart =
                wraps ? -Clip.TICKS_PER_SECOND - (int) camera.nextMediaTime() : random.nextInt();
    }

    /// Where it connects from.
    public SocketAddress address() {
        return connection.peer();
    }

    /// The next `packets` packets are lost.
    public void drop(int packets) {
        camera.loop().call(() -> faults.drop(packets));
    }

    /// From now on every packet is lost with this probability, by a seed; 0 ends it.
    public void dropRate(double rate, long seed) {
        camera.loop().call(() -> faults.dropRate(rate, seed));
    }

    /// The next `pairs` pairs of neighbouring packets of one frame arrive in the wrong order.
    public void swap(int pairs) {
        camera.loop().call(() -> faults.swap(pairs));
    }

    /// The next `packets` packets arrive twice.
    public void duplicate(int packets) {
        camera.loop().call(() -> faults.duplicate(packets));
    }

    /// It stays connected but is sent nothing for so long, no answer either.
    public void mute(Duration time) {
        camera.loop().call(() -> muteUntil(camera.loop().nanoTime() + time.toNanos()));
    }

    /// Its connection is reset (RST).
    public void reset() {
        camera.loop().call(connection::reset);
    }

    /// Its connection is closed in the orderly way (FIN).
    public void hangUp() {
        camera.loop().call(connection::hangUp);
    }

    /// How many receiver reports it has sent.
    public long receiverReports() {
        return camera.loop().ask(() -> receiverReports);
    }

    void countReceiverReport() {
        receiverReports++;
    }

    /// A sender report comes before the next frame.
    void reportSoon() {
        nextReportNanos = Long.MIN_VALUE;
    }

    /// Does this once, when a frame was sent.
    void afterNextFrame(Runnable what) {
        afterNextFrame = what;
    }

    void stepTimestamps(Duration by) {
        timestampStart += (int) (by.toMillis() * (Clip.TICKS_PER_SECOND / 1_000));
    }

    Connection connection() {
        return connection;
    }

    int nextSequence() {
        return sequence & 0xffff;
    }

    long nextTimestamp() {
        return timestampOf(camera.nextMediaTime()) & 0xffff_ffffL;
    }

    boolean isMute(long nowNanos) {
        muted = muted && nowNanos - muteUntilNanos < 0;
        return muted;
    }

    /// Sends one access unit, cut once for everybody.
    ///
    /// @param order which packets are sent and in which order; all of them where null
    void send(
            AccessUnit unit,
            long mediaTime,
            Packets packets,
            int @Nullable [] order,
            long nowNanos) {
        begun |= unit.key() || camera.settings().begin() == CameraSettings.Begin.NEXT_FRAME;
        if (!begun || isMute(nowNanos)) {
            return;
        }
        if (nextReportNanos == Long.MIN_VALUE || nowNanos - nextReportNanos >= 0) {
            report(nowNanos);
        }
        packets.patch(videoChannel, sequence, timestampOf(mediaTime), source);
        sequence += packets.count();
        packetsSent += packets.count();
        octetsSent += packets.payloadBytes();
        int bound = camera.settings().backlogBytes();
        if (order == null && faults.none()) {
            deliver(packets.all(), bound);
        } else {
            for (int i : faults.arrange(order == null ? packets.inOrder() : order)) {
                deliver(packets.packet(i), bound);
            }
        }
        if (afterNextFrame != null) {
            afterNextFrame.run();
            afterNextFrame = null;
        }
    }

    private void deliver(java.nio.ByteBuffer bytes, int bound) {
        if (connection.isOpen() && !connection.send(bytes, bound)) {
            camera.countLostClient();
        }
    }

    private void report(long nowNanos) {
        nextReportNanos = nowNanos + camera.settings().reportInterval().toNanos();
        var report =
                SenderReport.framed(
                        reportChannel,
                        source,
                        camera.clockAt(nowNanos),
                        timestampOf(camera.mediaTimeAt(nowNanos)),
                        packetsSent,
                        octetsSent);
        connection.send(report, camera.settings().backlogBytes());
    }

    private int timestampOf(long mediaTime) {
        return timestampStart + (int) mediaTime;
    }

    private void muteUntil(long nanos) {
        muted = true;
        muteUntilNanos = nanos;
    }
}
