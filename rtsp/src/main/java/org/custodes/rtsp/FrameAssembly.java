package org.custodes.rtsp;

/// Makes frames of one sender's packets, in their order. One thread at a time.
///
/// A frame ends with its marker bit; a camera that forgets the bit ends it by the next timestamp. What
/// is lost damages the frame that lost it, and is marked.
sealed interface FrameAssembly permits NalAssembly, JpegAssembly {

    void deliverTo(FrameReceiver receiver);

    /// From now on frames have a `cameraTime` by this clock.
    void tell(CameraClock clock);

    /// Packets are missing before the next one.
    void gap();

    /// The next packet is the first of another sender, or of a numbering begun anew.
    void restart();

    /// Takes the next packet.
    ///
    /// @return whether its form is known
    boolean take(RtpPacket packet, long nowNanos);
}
