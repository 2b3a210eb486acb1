package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static boolean contains(String address, int prefix, String other) {
        return new Network(InetAddress.ofLiteral(address), prefix)
                .contains(InetAddress.ofLiteral(other));
    }

    @Test
    void contains_what_begins_alike() {
        assertThat(contains("192.0.2.0", 24, "192.0.2.255")).isTrue();
        assertThat(contains("192.0.2.0", 24, "192.0.3.0")).isFalse();
        assertThat(contains("192.0.2.128", 25, "192.0.2.200")).isTrue();
        assertThat(contains("192.0.2.128", 25, "192.0.2.127")).isFalse();
        assertThat(contains("192.0.2.7", 32, "192.0.2.7")).isTrue();
        assertThat(contains("192.0.2.7", 32, "192.0.2.6")).isFalse();
        assertThat(contains("0.0.0.0", 0, "203.0.113.9")).isTrue();
        assertThat(contains("2001:db8:0:8000::", 49, "2001:db8:0:ffff::1")).isTrue();
        assertThat(contains("2001:db8:0:8000::", 49, "2001:db8:0:7fff::1")).isFalse();
    }

    @Test
    void contains_no_address_of_another_kind() {
        assertThat(contains("0.0.0.0", 0, "2001:db8::1")).isFalse();
        assertThat(contains("::", 0, "192.0.2.1")).isFalse();
    }

    @Test
    void has_no_more_bits_than_its_addresses() {
        assertThatThrownBy(() -> new Network(InetAddress.ofLiteral("192.0.2.0"), 33))
                .hasMessageContaining("0 to 32");
        assertThatThrownBy(() -> new Network(InetAddress.ofLiteral("::"), -1))
                .hasMessageContaining("0 to 128");
    }
}
