package org.custodes.rtsp;

import org.jspecify.annotations.Nullable;

/// Leads the packets of a connection to the one track that was set up, and its reports back. What
/// comes on any other channel was never asked for and is passed over unread.
final class TrackChannels {
    private final VideoTrack track;
    private final int rtpChannel;
    private final int rtcpChannel;

    /// Datagrams may overtake each other; what comes on a connection cannot.
    private final @Nullable ReorderBuffer reordering;

    TrackChannels(TransportAnswer transport, VideoTrack track) {
        this.track = track;
        switch (transport) {
            case TransportAnswer.Interleaved(var rtp, var rtcp, _) -> {
                rtpChannel = rtp;
                rtcpChannel = rtcp;
                reordering = null;
            }
            case TransportAnswer.ByDatagram _ -> {
                rtpChannel = Datagrams.RTP;
                rtcpChannel = Datagrams.RTCP;
                reordering = new ReorderBuffer(track);
            }
        }
    }

    VideoTrack track() {
        return track;
    }

    boolean areDatagrams() {
        return reordering != null;
    }

    /// Takes the packet that the connection has found.
    void packet(Connection connection) {
        var nowNanos = connection.arrivalNanos();
        if (connection.channel() == rtpChannel) {
            rtp(connection.buffer(), connection.offset(), connection.length(), nowNanos);
        } else if (connection.channel() == rtcpChannel) {
            track.rtcp(connection.buffer(), connection.offset(), connection.length(), nowNanos);
        }
    }

    private void rtp(byte[] buffer, int offset, int length, long nowNanos) {
        if (reordering != null) {
            reordering.rtp(buffer, offset, length, nowNanos);
        } else {
            track.rtp(buffer, offset, length, nowNanos);
        }
    }

    /// The report that is due for the camera.
    void report(Connection connection, long nowNanos) {
        connection.report(rtcpChannel, track.report(nowNanos));
    }

    /// When something has to be done though nothing comes, or `otherwise` if that is earlier.
    long dueNanos(long otherwise) {
        if (reordering == null || !reordering.isWaiting()) {
            return otherwise;
        }
        var due = reordering.dueNanos();
        return due - otherwise < 0 ? due : otherwise;
    }

    /// Does what is due.
    void passTime(long nowNanos) {
        if (reordering != null) {
            reordering.giveUpIfDue(nowNanos);
        }
    }
}
