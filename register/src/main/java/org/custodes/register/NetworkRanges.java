package org.custodes.register;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tells addresses behind which no camera may be from the others. Pure.
final class NetworkRanges {

    /// Why an address is not asked for pictures.
    enum Special {
        LOOPBACK("loopback", "this computer itself"),
        LINK_LOCAL("link-local", "a link-local address"),
        ANY_LOCAL("any-local", "no address of a device"),
        MULTICAST("multicast", "a multicast address"),
        RESERVED("reserved", "a reserved address"),
        METADATA("metadata", "a cloud's metadata service"),
        TRANSLATED("translated", "an IPv4 address wrapped in IPv6");

        private final String code;
        private final String words;

        Special(String code, String words) {
            this.code = code;
            this.words = words;
        }

        String code() {
            return code;
        }

        String words() {
            return words;
        }
    }

    /// Metadata services of the large clouds (AWS, Azure, Google, Oracle, Alibaba) outside 169.254/16.
    private static final List<InetAddress> METADATA =
            List.of(
                    InetAddress.ofLiteral("169.254.169.254"),
                    InetAddress.ofLiteral("169.254.170.2"),
                    InetAddress.ofLiteral("168.63.129.16"),
                    InetAddress.ofLiteral("192.0.0.192"),
                    InetAddress.ofLiteral("100.100.100.200"),
                    InetAddress.ofLiteral("fd00:ec2::254"),
                    InetAddress.ofLiteral("fd20:ce::254"));

    private NetworkRanges() {}

    /// What is special about this address, if anything.
    static Optional<Special> special(InetAddress address) {
        if (METADATA.contains(address)) {
            return Optional.of(Special.METADATA);
        }
        if (address.isAnyLocalAddress()) {
            return Optional.of(Special.ANY_LOCAL);
        }
        if (address.isLoopbackAddress()) {
            return Optional.of(Special.LOOPBACK);
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of(Special.LINK_LOCAL);
        }
        if (address.isMulticastAddress()) {
            return Optional.of(Special.MULTICAST);
        }
        var bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return special4(bytes);
        }
        return embedsIpv4(bytes) ? Optional.of(Special.TRANSLATED) : Optional.empty();
    }

    /// 0.0.0.0/8 is "this network", 240.0.0.0/4 is reserved and holds the broadcast (RFC 6890).
    private static Optional<Special> special4(byte[] bytes) {
        var first = bytes[0] & 0xFF;
        if (first == 0) {
            return Optional.of(Special.ANY_LOCAL);
        }
        return first >= 240 ? Optional.of(Special.RESERVED) : Optional.empty();
    }

    /// IPv4-compatible (::/96), NAT64 (64:ff9b::/96 and /48), 6to4 (2002::/16) and Teredo
    /// (2001::/32) reach an IPv4 address that the rules above would not see. IPv4-mapped addresses
    /// (::ffff:0:0/96) are turned into IPv4 by the JDK already.
    private static boolean embedsIpv4(byte[] bytes) {
        return startsWith(bytes, new byte[12])
                || startsWith(bytes, new byte[] {0x00, 0x64, (byte) 0xff, (byte) 0x9b})
                || startsWith(bytes, new byte[] {0x20, 0x02})
                || startsWith(bytes, new byte[] {0x20, 0x01, 0x00, 0x00});
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /// As [InetAddress#getByAddress], for bytes whose number was checked.
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "An address has 4 or 16 bytes, but got %d".formatted(bytes.length), e);
        }
    }
}
