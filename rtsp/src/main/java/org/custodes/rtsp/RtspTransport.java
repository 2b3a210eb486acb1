package org.custodes.rtsp;

/// Which way a camera's pictures take. It is chosen by people, camera by camera: nothing here changes
/// it by itself for one that protects less.
public enum RtspTransport {
    /// Between the answers, on the connection of the answers (RFC 2326 section 10.12).
    TCP,
    /// As datagrams. What is lost on the way is lost, and what was sent by somebody else under the
    /// camera's address cannot be told from the camera's.
    UDP,
    /// As [#TCP]; as [#UDP] where the camera says that it cannot (461).
    TCP_OR_UDP,
    /// As [#TCP], all of it tunnelled in HTTP, for what stands behind a wall that lets nothing else
    /// through.
    HTTP;

    boolean mayBeDatagrams() {
        return switch (this) {
            case TCP, HTTP -> false;
            case UDP, TCP_OR_UDP -> true;
        };
    }
}
