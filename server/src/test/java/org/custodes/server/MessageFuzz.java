package org.custodes.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.custodes.fuzz.HostileInput;
import org.custodes.server.ClientMessage.MalformedMessageException;

/// What a client says on the media WebSocket.
public final class MessageFuzz {
    private static final Json JSON = new Json(ClientMessage.LARGEST);

    private MessageFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "{\"type\":\"open\",\"ticket\":\"t\",\"key\":\"k\",\"signature\":\"s\"}",
                        "{\"type\":\"live\",\"channel\":1,\"camera\":\"11111111-1111-4111-8111-111111111111\",\"stream\":\"record\"}",
                        "{\"type\":\"playback\",\"channel\":4294967295,\"camera\":\"11111111-1111-4111-8111-111111111111\",\"stream\":\"record\"}",
                        "{\"type\":\"play\",\"channel\":1,\"seq\":65535,\"from\":\"2026-03-01T12:00:00Z\",\"direction\":-1,\"frames\":\"keys\",\"credit\":1000000}",
                        "{\"type\":\"more\",\"channel\":1,\"seq\":1,\"credit\":1}",
                        "{\"type\":\"close\",\"channel\":1}",
                        "{\"type\":\"ping\",\"t\":1.5e300}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        HostileInput.withinBounds(() -> {
            try {
                var _ = ClientMessage.read(JSON, new String(input, StandardCharsets.UTF_8));
            } catch (MalformedMessageException refused) {
                // As it should be.
            }
        });
    }
}
