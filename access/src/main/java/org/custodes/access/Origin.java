package org.custodes.access;

import java.net.InetAddress;
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

    private static String seen(String text) {
        return text.codePoints()
                .limit(LONGEST)
                .filter(point ->
                        Character.isLetterOrDigit(point) || (point >= 0x20 && point < 0x7F))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
