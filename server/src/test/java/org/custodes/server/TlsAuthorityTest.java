package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsAuthorityTest {
    private final HeldClock clock = new HeldClock();

    @TempDir private Path folder;

    @Test
    void issues_a_certificate_of_seven_days_for_its_one_name() throws Exception {
        var authority = open("cctv.example.org");

        var leaf = leafOf(authority);

        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "cctv.example.org"));
        assertThat(leaf.getNotAfter().toInstant())
                .isCloseTo(
                        clock.instant().plus(Duration.ofDays(7)),
                        org.assertj.core.api.Assertions.within(1, ChronoUnit.MINUTES));
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        validate(authority, leaf, clock.instant());
    }

    @Test
    void its_certificate_is_no_good_after_seven_days() {
        var authority = open("localhost");

        var later = clock.instant().plus(Duration.ofDays(8));

        assertThatThrownBy(() -> validate(authority, leafOf(authority), later))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void is_constrained_to_its_name_for_ten_years() {
        var root = open("cctv.example.org").certificate();

        assertThat(root.getCriticalExtensionOIDs()).contains("2.5.29.30", "2.5.29.19", "2.5.29.15");
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getNotAfter().toInstant())
                .isAfter(clock.instant().plus(Duration.ofDays(3_650)));
        assertThat(new String(root.getExtensionValue("2.5.29.30"), StandardCharsets.ISO_8859_1))
                .contains("cctv.example.org");
    }

    @Test
    void is_the_same_after_a_restart_and_another_for_another_name() {
        var first = open("localhost");

        assertThat(open("localhost").pem()).isEqualTo(first.pem());
        assertThat(open("LOCALHOST").pem()).isEqualTo(first.pem());
        assertThat(open("other.example").pem()).isNotEqualTo(first.pem());
        assertThat(open("localhost").fingerprint()).hasSize(95).isEqualTo(first.fingerprint());
    }

    @Test
    void keeps_its_key_sealed_and_hands_its_certificate_out() throws Exception {
        var authority = open("localhost");

        var sealed = Files.readAllBytes(folder.resolve("authority-localhost.sealed"));
        var opened = new String(flipped(sealed), StandardCharsets.ISO_8859_1);
        var certificate =
                new String(authority.certificate().getEncoded(), StandardCharsets.ISO_8859_1);

        assertThat(opened).contains(certificate);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(certificate);
        assertThat(folder.resolve("ca-localhost.pem")).hasContent(authority.pem());
        assertThat(parsed(authority.pem())).isEqualTo(authority.certificate());
    }

    @Test
    void says_what_to_do_when_its_file_does_not_open() throws IOException {
        open("localhost");
        Files.write(folder.resolve("authority-localhost.sealed"), new byte[] {1, 2});

        assertThatThrownBy(() -> open("localhost"))
                .isInstanceOf(TlsAuthority.TlsAuthorityException.class)
                .hasMessageContaining("authority-localhost.sealed")
                .hasMessageContaining("move that file away");
    }

    private TlsAuthority open(String name) {
        UnaryOperator<byte[]> flip = TlsAuthorityTest::flipped;
        return TlsAuthority.open(folder, name, new Sealing(flip, flip), clock, new SecureRandom());
    }

    private static byte[] flipped(byte[] bytes) {
        var flipped = bytes.clone();
        for (var i = 0; i < flipped.length; i++) {
            flipped[i] ^= 0x5a;
        }
        return flipped;
    }

    private static X509Certificate leafOf(TlsAuthority authority) {
        try {
            return (X509Certificate) authority.issue().keyStore().getCertificate("server");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate parsed(String pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void validate(TlsAuthority authority, X509Certificate leaf, java.time.Instant at)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
        var _ = CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }
}
