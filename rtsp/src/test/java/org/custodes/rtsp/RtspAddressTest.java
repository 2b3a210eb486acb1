package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspAddressTest {
    private static final InetAddress PINNED = InetAddress.getLoopbackAddress();

    @Test
    void an_address_keeps_path_and_query_as_given_and_goes_where_it_was_resolved_to() {
        var address =
                RtspAddress.of(
                        URI.create("rtsp://camera.example/live?channel=1&subtype=0"), PINNED);

        assertThat(address.target()).isEqualTo("rtsp://camera.example/live?channel=1&subtype=0");
        assertThat(address.port()).isEqualTo(554);
        assertThat(address.socketAddress().getAddress()).isEqualTo(PINNED);
        assertThat(address.toString()).isEqualTo("rtsp://camera.example:554");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://camera.example/",
                "file:///etc/passwd",
                "rtsp:camera",
                "rtsp:///path",
                "rtsp://user:secret@camera.example/",
                "rtsp://@camera.example/",
                "rtsp://camera.example/#part",
                "rtsp://camera.example:0/",
                "rtsp://camera.example:70000/",
                "/relative",
            })
    void what_is_no_rtsp_address_is_refused_without_repeating_it(String uri) {
        assertThatThrownBy(() -> RtspAddress.of(URI.create(uri), PINNED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void an_encrypted_address_has_a_port_of_its_own_and_no_way_that_is_not_encrypted() {
        var address = RtspAddress.of(URI.create("rtsps://camera.example/live"), PINNED);

        assertThat(address.port()).isEqualTo(322);
        assertThat(address.isEncrypted()).isTrue();
        assertThat(address.toString()).isEqualTo("rtsps://camera.example:322");
        for (var way : new RtspTransport[] {RtspTransport.UDP, RtspTransport.TCP_OR_UDP}) {
            assertThatThrownBy(() -> address.by(way))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not encrypted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "AB", "zz"})
    void a_certificate_is_known_by_64_digits(String digits) {
        assertThatThrownBy(() -> new CertificatePin(digits))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new CertificatePin("0f".repeat(32)).shown()).startsWith("0F:0F:").hasSize(95);
    }

    @Test
    void an_address_of_ten_thousand_characters_is_refused() {
        var uri = URI.create("rtsp://camera.example/" + "a".repeat(10_000));

        assertThatThrownBy(() -> RtspAddress.of(uri, PINNED)).hasMessageContaining("2048");
    }

    @Test
    void credentials_too_long_or_with_line_ends_are_refused() {
        var password = "p".toCharArray();

        assertThatThrownBy(() -> Credentials.of("a\r\nb", password))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credentials.of("", password))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Credentials.of("u", "x".repeat(10_000).toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xx");
    }
}
