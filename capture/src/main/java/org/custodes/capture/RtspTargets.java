package org.custodes.capture;

import java.net.URI;
import org.custodes.register.StreamAddress;
import org.custodes.register.Transport;
import org.custodes.rtsp.RtspAddress;
import org.custodes.rtsp.RtspTransport;

/// Addresses of the register as `rtsp` wants them.
final class RtspTargets {
    private RtspTargets() {}

    static RtspAddress of(StreamAddress address, Transport transport) {
        return RtspAddress.of(URI.create(address.uri()), address.resolved()).by(way(transport));
    }

    private static RtspTransport way(Transport transport) {
        return switch (transport) {
            case TCP -> RtspTransport.TCP;
            case UDP -> RtspTransport.UDP;
            case TCP_OR_UDP -> RtspTransport.TCP_OR_UDP;
            case HTTP -> RtspTransport.HTTP;
        };
    }
}
