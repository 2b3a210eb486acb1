package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.custodes.register.StreamRole;
import org.custodes.server.ClientMessage.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {
    private static final UUID CAMERA = UUID.fromString("0b4c7c0e-1111-4222-8333-123456789abc");
    private static final List<String> WHOLE =
            List.of(
                    "{\"type\":\"open\",\"ticket\":\"t\",\"key\":\"a2V5\",\"signature\":\"c2ln\"}",
                    "{\"type\":\"live\",\"channel\":1,\"camera\":\"%s\",\"stream\":\"wall\"}"
                            .formatted(CAMERA),
                    ("{\"type\":\"playback\",\"channel\":2,\"camera\":\"%s\",\"stream\":\"record\","
                                    + "\"purpose\":\"safety\",\"caseNumber\":\"2026-117\"}")
                            .formatted(CAMERA),
                    "{\"type\":\"play\",\"channel\":2,\"seq\":7,\"from\":\"2026-11-22T10:00:00Z\","
                            + "\"direction\":-1,\"frames\":\"keys\",\"credit\":1000}",
                    "{\"type\":\"more\",\"channel\":2,\"seq\":7,\"credit\":1}",
                    "{\"type\":\"close\",\"channel\":4294967295}",
                    "{\"type\":\"ping\",\"t\":12.5}");

    private final Json json = new Json(ClientMessage.LARGEST);

    @Test
    void reads_every_message_of_the_protocol() {
        assertThat(WHOLE.stream().map(text -> ClientMessage.read(json, text)))
                .containsExactly(
                        new ClientMessage.Open("t", "a2V5", "c2ln"),
                        new ClientMessage.Live(
                                1, CAMERA, StreamRole.WALL, Optional.empty(), Optional.empty()),
                        new ClientMessage.Playback(
                                2,
                                CAMERA,
                                StreamRole.RECORD,
                                Optional.of("safety"),
                                Optional.of("2026-117"),
                                Optional.empty()),
                        new ClientMessage.Play(
                                2,
                                7,
                                Instant.parse("2026-11-22T10:00:00Z"),
                                -1,
                                ClientMessage.Frames.KEYS,
                                1_000),
                        new ClientMessage.More(2, 7, 1),
                        new ClientMessage.Close(4_294_967_295L),
                        new ClientMessage.Ping(12.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":\"dance\"}",
                "{\"type\":7}",
                "{\"type\":\"close\",\"channel\":0}",
                "{\"type\":\"close\",\"channel\":4294967296}",
                "{\"type\":\"close\",\"channel\":1,\"channel\":2}",
                "{\"type\":\"close\",\"channel\":1,\"more\":2}",
                "{\"type\":\"close\",\"channel\":1} x",
                "{\"type\":\"more\",\"channel\":1,\"seq\":65536,\"credit\":1}",
                "{\"type\":\"more\",\"channel\":1,\"seq\":1,\"credit\":-1}",
                "{\"type\":\"playback\",\"channel\":2,\"stream\":\"wall\","
                        + "\"camera\":\"0b4c7c0e-1111-4222-8333-123456789abc\"}",
                "{\"type\":\"play\",\"channel\":2,\"seq\":7,\"from\":\"2026-11-22T10:00:00Z\","
                        + "\"direction\":0,\"frames\":\"keys\",\"credit\":1000}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void refuses_what_the_protocol_does_not_know(String text) {
        assertThatThrownBy(() -> ClientMessage.read(json, text))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void refuses_a_message_over_16_kib() {
        assertThatThrownBy(() -> ClientMessage.read(json, "\"" + "x".repeat(20_000) + "\""))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Property
    void any_text_is_a_message_or_malformed(@ForAll String text) {
        assertReadOrMalformed(text);
    }

    @Property(tries = 2_000)
    void a_message_that_was_tampered_with_is_a_message_or_malformed(
            @ForAll("tampered") String text) {
        assertReadOrMalformed(text);
    }

    @Provide
    Arbitrary<String> tampered() {
        return Combinators.combine(
                        Arbitraries.of(WHOLE),
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(
                                "", "\"", "{", "9999999999", "-", "null", "\\u0000", "e9", "[[["))
                .as((whole, at, cut, insert) -> {
                    var start = Math.min(at, whole.length());
                    var end = Math.min(start + cut, whole.length());
                    return whole.substring(0, start) + insert + whole.substring(end);
                });
    }

    private void assertReadOrMalformed(String text) {
        try {
            assertThat(ClientMessage.read(json, text)).isNotNull();
        } catch (MalformedMessageException expected) {
            assertThat(expected).hasMessageEndingWith(".");
        }
    }
}
