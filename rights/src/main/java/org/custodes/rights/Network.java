package org.custodes.rights;

import java.net.InetAddress;
import java.util.Arrays;

/// Addresses that begin alike (CIDR, RFC 4632 and RFC 4291).
///
/// @param address one of them
/// @param prefix how many bits are the same: 0 to 32, or to 128
public record Network(InetAddress address, int prefix) {

    public Network {
        var bits = address.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "A network of such addresses has 0 to %d bits in common, but got %d"
                            .formatted(bits, prefix));
        }
    }

    public boolean contains(InetAddress other) {
        var ours = address.getAddress();
        var theirs = other.getAddress();
        var whole = prefix / Byte.SIZE;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        var left = prefix % Byte.SIZE;
        return left == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >> (Byte.SIZE - left) == 0;
    }

    /// Whether all addresses of the other are its own too.
    public boolean contains(Network other) {
        return other.prefix >= prefix && contains(other.address);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
