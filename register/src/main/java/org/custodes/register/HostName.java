package org.custodes.register;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The host of an address: a name, or an address in its one usual writing. Pure.
///
/// Writings that parsers disagree about are refused, not interpreted: `2130706433`, `0x7f.1`,
/// `0177.0.0.1` and `127.1` are all 127.0.0.1 to some and names to others, which is how a check and
/// a connection come to mean different computers.
///
/// @param ascii lower case, IPv6 without brackets, names without a dot at the end
/// @param literal the address, if `ascii` is one
record HostName(String ascii, Optional<InetAddress> literal) {
    private static final int LONGEST = 253;
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-f:]{2,39}|[0-9a-f:]{2,30}[0-9.]{7,15}");

    /// Empty if `given` is no host that everybody reads alike.
    static Optional<HostName> parse(String given) {
        if (given.isEmpty() || given.length() > LONGEST + 2) {
            return Optional.empty();
        }
        if (given.startsWith("[") && given.endsWith("]")) {
            return ipv6(given.substring(1, given.length() - 1).toLowerCase(Locale.ROOT));
        }
        return ascii(given).flatMap(HostName::name);
    }

    /// Zones (`fe80::1%eth0`) are refused: they name an interface of this computer, not a device.
    private static Optional<HostName> ipv6(String text) {
        if (!text.contains(":") || !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(text);
            return Optional.of(new HostName(address.getHostAddress(), Optional.of(address)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// International names become ASCII here, and digits of other scripts become digits, so that
    /// what follows sees what a resolver would.
    private static Optional<String> ascii(String given) {
        try {
            var ascii = IDN.toASCII(given, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return Optional.of(
                    ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<HostName> name(String ascii) {
        if (IPV4.matcher(ascii).matches()) {
            return Optional.of(new HostName(ascii, Optional.of(InetAddress.ofLiteral(ascii))));
        }
        var labels = ascii.split("\\.", -1);
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
        }
        // The URL standard's "ends in a number": such a host is an IPv4 address to a browser.
        if (ascii.length() > LONGEST || NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return Optional.empty();
        }
        return Optional.of(new HostName(ascii, Optional.empty()));
    }
}
