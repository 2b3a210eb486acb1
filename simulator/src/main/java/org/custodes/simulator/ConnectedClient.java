package org.custodes.simulator;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One client that is being sent a camera's pictures, with its own source number, sequence and timestamp
/// start. Its fault verbs hit it alone, and have taken effect when they return.
public final class ConnectedClient {
    private static final int PACKETS_TO_WRAP = 16;

    private final SimulatedCamera camera;
    private final Connection connection;
    private final int source;
    private final Way way;

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

    private final List<Late> late = new ArrayList<>();

    /// A packet that others overtake.
    private static final class Late {
        final ByteBuffer packet;
        int behind;

        Late(ByteBuffer packet, int behind) {
            this.packet = packet;
            this.behind = behind;
        }
    }

    /// Which way its packets take: between the answers on two channels, or as datagrams.
    ///
    /// @param datagrams where they go, if not between the answers
    record Way(int videoChannel, int reportChannel, @Nullable DatagramOutlet datagrams) {}

    ConnectedClient(
            SimulatedCamera camera, Connection connection, RandomGenerator random, Way way) {
        this.camera = camera;
        this.connection = connection;
        this.way = way;
        if (way.datagrams() != null) {
            way.datagrams().onReceiverReport(this::countReceiverReport);
        }
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

    /// The next `packets` packets each arrive behind so many others that were sent after them.
    public void late(int packets, int behind) {
        camera.loop().call(() -> faults.late(packets, behind));
    }

    /// The port to which it is sent its pictures, if they come as datagrams.
    public OptionalInt datagramPort() {
        return way.datagrams() == null
                ? OptionalInt.empty()
                : OptionalInt.of(way.datagrams().client().getPort());
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
        packets.patch(way.videoChannel(), sequence, timestampOf(mediaTime), source);
        sequence += packets.count();
        packetsSent += packets.count();
        octetsSent += packets.payloadBytes();
        int bound = camera.settings().backlogBytes();
        if (order == null && faults.none() && late.isEmpty() && way.datagrams() == null) {
            deliver(packets.all(), bound);
        } else {
            for (int i : faults.arrange(order == null ? packets.inOrder() : order)) {
                deliverInTurn(packets.packet(i), bound);
            }
        }
        if (afterNextFrame != null) {
            afterNextFrame.run();
            afterNextFrame = null;
        }
    }

    private void deliverInTurn(ByteBuffer packet, int bound) {
        int behind = faults.nextIsLateBy();
        if (behind > 0) {
            late.add(new Late(ByteBuffer.allocate(packet.remaining()).put(packet).flip(), behind));
            return;
        }
        deliver(packet, bound);
        for (var other : List.copyOf(late)) {
            other.behind--;
            if (other.behind == 0) {
                late.remove(other);
                deliver(other.packet, bound);
            }
        }
    }

    private void deliver(ByteBuffer bytes, int bound) {
        if (way.datagrams() != null) {
            way.datagrams().sendPicture(bytes.position(bytes.position() + Packets.FRAMING));
            return;
        }
        if (connection.isOpen() && !connection.send(bytes, bound)) {
            camera.countLostClient();
        }
    }

    private void report(long nowNanos) {
        nextReportNanos = nowNanos + camera.settings().reportInterval().toNanos();
        var report =
                SenderReport.framed(
                        way.reportChannel(),
                        source,
                        camera.clockAt(nowNanos),
                        timestampOf(camera.mediaTimeAt(nowNanos)),
                        packetsSent,
                        octetsSent);
        if (way.datagrams() != null) {
            way.datagrams().sendReport(report.position(Packets.FRAMING));
            return;
        }
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
