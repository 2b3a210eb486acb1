package org.custodes.rtsp;

/// Leads the interleaved packets of a connection to the one track that was set up. What comes on any
/// other channel was never asked for and is passed over unread.
///
/// @param transport which channels the camera gave the track
record TrackChannels(TransportAnswer transport, VideoTrack track) {

    /// Takes the packet that the connection has found.
    void packet(Connection connection) {
        var found = connection.found();
        if (found.channel() == transport.rtpChannel()) {
            track.rtp(found.buffer(), found.offset(), found.length(), connection.arrivalNanos());
        } else if (found.channel() == transport.rtcpChannel()) {
            track.rtcp(found.buffer(), found.offset(), found.length(), connection.arrivalNanos());
        }
    }
}
