package org.custodes.access;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Objects;

/// Where a request comes from.
///
/// @param address the network address it came from
/// @param workstation what the browser or the command line calls itself; at most 200 characters are
///     kept, and nothing that cannot be seen
public record Origin(InetAddress address, String workstation) {
    private static final int LONGEST = 200;

    public Origin {
        Objects.requireNonNull(address);
        workstation = seen(workstation);
    }

    /// Whether it comes from the recorder itself.
    public boolean loopback() {
        return address.isLoopbackAddress();
    }

    /// The address without the interface that IPv6 may name behind a percent sign.
    public String plainAddress() {
        return address.getHostAddress().replaceAll("%.*", "");
    }

    /// Whoever shares this is throttled together: one IPv4 address, or one IPv6 network of 64 bits,
    /// of which every household has a whole one.
    String neighbourhood() {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 4 : 8);
    }

    private static String seen(String text) {
        return text.codePoints()
                .limit(LONGEST)
                .filter(point ->
                        Character.isLetterOrDigit(point) || (point >= 0x20 && point < 0x7F))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
