package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.custodes.media.Bytes;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private final Authenticator authenticator =
            new Authenticator(
                    Credentials.of("Mufasa", "CircleOfLife".toCharArray()), new SecureRandom());

    @Test
    void digest_without_qop_is_what_rfc_2617_computes() {
        // The secret, H(user:realm:password), of RFC 2617 section 3.5 is
        // 939e7578ed9e3c518a452acee763bce9.
        var own =
                new Authenticator(
                        Credentials.of("Mufasa", "Circle Of Life".toCharArray()),
                        new SecureRandom());
        own.challenged(
                demand(
                        "Digest realm=\"testrealm@host.com\","
                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc\""));

        var proof = own.authorization("GET", "/dir/index.html").orElseThrow();

        // MD5(939e…:dcd9…:MD5(GET:/dir/index.html)), the form that RFC 2617 section 3.2.2.1 keeps
        // of 2069
        assertThat(proof)
                .contains("response=\"670fd8c2df070c60b045671b8b24ff02\"")
                .contains("uri=\"/dir/index.html\"", "opaque=\"5ccc\"")
                .doesNotContain("qop")
                .doesNotContain("Circle");
    }

    @Test
    void the_strongest_proof_that_is_offered_is_given() {
        authenticator.challenged(
                demand(
                        "Basic realm=\"a\", Digest realm=\"a\", nonce=\"1\", algorithm=MD5",
                        "Digest realm=\"a\", nonce=\"2\", algorithm=SHA-256, qop=\"auth-int, auth\"",
                        "Digest realm=\"a\", nonce=\"3\", algorithm=SHA-512-256",
                        "Negotiate"));

        assertThat(authenticator.authorization("DESCRIBE", "rtsp://c/").orElseThrow())
                .startsWith("Digest ")
                .contains("nonce=\"2\"", "algorithm=SHA-256", "qop=auth,", "nc=00000001");
    }

    @Test
    void each_use_of_a_nonce_is_counted_and_has_a_number_of_its_own() {
        authenticator.challenged(demand("Digest realm=\"a\", nonce=\"1\", qop=\"auth\""));

        var first = authenticator.authorization("DESCRIBE", "rtsp://c/").orElseThrow();
        var second = authenticator.authorization("DESCRIBE", "rtsp://c/").orElseThrow();

        assertThat(second).contains("nc=00000002");
        assertThat(clientNonce(second)).isNotEqualTo(clientNonce(first));
    }

    private static String clientNonce(String proof) {
        var found = Pattern.compile("cnonce=\"([0-9a-f]+)\"").matcher(proof);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void a_second_refusal_is_final_unless_the_nonce_was_stale() {
        authenticator.challenged(demand("Digest realm=\"a\", nonce=\"1\""));

        assertThatCode(() ->
                        authenticator.challenged(
                                demand("Digest realm=\"a\", nonce=\"2\", stale=TRUE")))
                .doesNotThrowAnyException();
        assertFault(
                demand("Digest realm=\"a\", nonce=\"3\""), RtspException.Fault.WRONG_CREDENTIALS);
        assertFault(
                demand("Digest realm=\"a\", nonce=\"2\", stale=true"),
                RtspException.Fault.WRONG_CREDENTIALS);
    }

    @Test
    void a_nonce_renewed_in_mid_session_is_taken_though_not_called_stale() {
        authenticator.challenged(demand("Digest realm=\"a\", nonce=\"1\""));
        authenticator.accepted();

        authenticator.challenged(demand("Digest realm=\"a\", nonce=\"2\""));

        assertThat(authenticator.authorization("X", "rtsp://c/").orElseThrow())
                .contains("nonce=\"2\"");
    }

    @Test
    void a_camera_that_asked_for_digest_never_gets_the_password_in_the_clear() {
        authenticator.challenged(demand("Digest realm=\"a\", nonce=\"1\""));
        authenticator.accepted();

        assertFault(demand("Basic realm=\"a\""), RtspException.Fault.WRONG_CREDENTIALS);
    }

    @Test
    void a_proof_that_nobody_here_knows_is_refused_in_words() {
        assertFault(demand("Negotiate"), RtspException.Fault.REFUSED_BY_CAMERA);
        assertFault(demand(), RtspException.Fault.REFUSED_BY_CAMERA);
    }

    private void assertFault(RtspMessage demand, RtspException.Fault fault) {
        assertThatThrownBy(() -> authenticator.challenged(demand))
                .isInstanceOfSatisfying(
                        RtspException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private static RtspMessage demand(String... challenges) {
        var headers =
                List.of(challenges).stream()
                        .map(value -> new RtspMessage.Header("WWW-Authenticate", value))
                        .toList();
        return new RtspMessage(
                "RTSP/1.0 401 Unauthorized",
                headers,
                Bytes.of("".getBytes(StandardCharsets.UTF_8)));
    }
}
