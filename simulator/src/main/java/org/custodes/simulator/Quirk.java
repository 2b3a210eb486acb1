package org.custodes.simulator;

/// What real cameras do otherwise than the standards wish, one habit each; a camera may have several
/// ([CameraSettings#withQuirks]). None of them loses a picture.
public enum Quirk {
    /// No packet carries a marker bit: a frame ends where the next one's time begins.
    NO_MARKERS,
    /// The last packet of every slice carries a marker bit, not only that of the last slice.
    MARKER_ON_EVERY_SLICE,
    /// Parameter sets come together in one aggregation packet (STAP-A, RFC 6184 section 5.7.1; AP,
    /// RFC 7798 section 4.4.2).
    AGGREGATED_SETS,
    /// Every packet has a header extension and padding (RFC 3550 sections 5.1 and 5.3.1).
    EXTENSION_AND_PADDING,
    /// SETUP is answered with other channels than were asked for.
    OTHER_CHANNELS,
    /// Pictures come before the answer to PLAY, and answers have bodies that look like packets.
    PACKETS_AROUND_ANSWERS,
    /// The description names its tracks by whole addresses.
    ABSOLUTE_CONTROL,
    /// The description names no address at all, and its answer no base.
    NO_CONTROL,
    /// GET_PARAMETER is offered and then not implemented; OPTIONS keeps alive.
    GET_PARAMETER_BY_NAME_ONLY,
    /// What keeps a session alive does so, and is not answered.
    KEEP_ALIVE_UNANSWERED
}
