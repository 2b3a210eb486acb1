package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "cctv.example.org", "a", "x1-y2.example", "CCTV.Example.org"})
    void takes_a_host_name(String name) {
        assertThat(new HostName(name).text()).isEqualToIgnoringCase(name).isLowerCase();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "127.0.0.1",
                "::1",
                "[::1]",
                "-a",
                "a-",
                "a..b",
                "a.",
                ".a",
                "a_b",
                "a/b",
                "../x",
                "a b",
                "host:443",
                "häuser.example",
                "a\n"
            })
    void refuses_addresses_and_what_is_no_name(String name) {
        assertThatThrownBy(() -> new HostName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--name HOST");
    }
}
