package org.custodes.rtsp;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.custodes.media.CodecConfig;

/// What "test connection" tells about a camera: facts, never a picture.
///
/// @param stream what the camera told before the first picture: codec, name, what exists and is off
/// @param config codec string and size of the picture, by the first key frame or else by the SDP
/// @param keyFrameArrived whether a key frame arrived: decoding could begin
/// @param framesPerSecond by the camera's media clock, once two frames were seen
/// @param bitsPerSecond of the frames' bytes, once half a second was seen
/// @param keyFrameDistance in frames, once two key frames were seen
/// @param keyFrameInterval the same by the camera's media clock
/// @param clockDifference the camera's clock less ours, by a sender report; its error is the way of
///     one packet
/// @param observed how long frames were looked at
public record ProbeFacts(
        StreamFacts stream,
        Optional<CodecConfig> config,
        boolean keyFrameArrived,
        OptionalDouble framesPerSecond,
        OptionalLong bitsPerSecond,
        OptionalLong keyFrameDistance,
        Optional<Duration> keyFrameInterval,
        Optional<Duration> clockDifference,
        Duration observed) {}
