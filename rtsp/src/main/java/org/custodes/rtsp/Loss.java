package org.custodes.rtsp;

/// What did not arrive, or could not be used.
///
/// @param kind what was lost
/// @param count how many packets or frames, by kind; 0 if nobody can know
public record Loss(Kind kind, long count) {

    public enum Kind {
        /// RTP packets missing by their sequence numbers.
        PACKETS,
        /// Frames of which nothing whole was left, or that found no room.
        FRAMES,
        /// Packets of another sender (SSRC) than this session's, left aside.
        FOREIGN_PACKETS,
        /// Packets that no rule of their payload format explains, left aside.
        UNUSABLE_PACKETS,
        /// The camera began its numbering anew: nobody knows what was lost.
        RESTART
    }
}
