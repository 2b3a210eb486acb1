package org.custodes.register;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A thing on the network with one or more cameras in it.
///
/// @param host the host as it was given, in lower case and ASCII
/// @param address what `host` meant when the device was added: connections go there, whatever a name
///     server says later
/// @param port 1 to 65535
/// @param encrypted whether it is reached over TLS
/// @param hasSecret whether user and password are kept for it (see [Register#secret])
/// @param pinnedCertificate by which it is known; empty until it was met once, and if it is not encrypted
/// @param channelCount how many cameras of it are in the register; 0 once it was removed
public record Device(
        UUID id,
        UUID site,
        String name,
        String host,
        InetAddress address,
        int port,
        boolean encrypted,
        boolean hasSecret,
        Optional<PinnedCertificate> pinnedCertificate,
        int channelCount) {

    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(site);
        Objects.requireNonNull(name);
        Objects.requireNonNull(host);
        Objects.requireNonNull(address);
        Objects.requireNonNull(pinnedCertificate);
    }

    Device knownBy(PinnedCertificate certificate) {
        return new Device(
                id,
                site,
                name,
                host,
                address,
                port,
                encrypted,
                hasSecret,
                Optional.of(certificate),
                channelCount);
    }

    Device withChannels(int more) {
        return new Device(
                id,
                site,
                name,
                host,
                address,
                port,
                encrypted,
                channelCount + more > 0 && hasSecret,
                pinnedCertificate,
                channelCount + more);
    }
}
