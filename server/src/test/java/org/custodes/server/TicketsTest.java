package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;

class TicketsTest {

    @Test
    void reads_a_p256_key_and_no_other() throws Exception {
        assertThat(Tickets.key(pair("EC", 256).getPublic().getEncoded())).isPresent();
        assertThat(Tickets.key(pair("EC", 384).getPublic().getEncoded())).isEmpty();
        assertThat(Tickets.key(pair("RSA", 2048).getPublic().getEncoded())).isEmpty();
        assertThat(Tickets.key(pair("Ed25519", 255).getPublic().getEncoded())).isEmpty();
        assertThat(Tickets.key(new byte[0])).isEmpty();
        assertThat(Tickets.key(new byte[10_000])).isEmpty();
    }

    @Test
    void reads_base64url_and_nothing_else() {
        assertThat(Tickets.bytes("_-8")).isPresent();
        assertThat(Tickets.bytes("a b")).isEmpty();
        assertThat(Tickets.bytes("+/8")).isEmpty();
    }

    private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
