package org.custodes.simulator;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// RTSP in HTTP: which connection carries the answers, by the cookie that belongs to both. Owned by
/// the loop's thread.
final class Tunnels {
    private final Map<String, Connection> down = new HashMap<>();

    void begin(String cookie, Connection answers) {
        down.values().removeIf(connection -> !connection.isOpen());
        down.put(cookie, answers);
    }

    /// The connection on which what is asked through this cookie is answered.
    @Nullable Connection of(String cookie) {
        return down.get(cookie);
    }

    /// Undoes base64 that comes in pieces, each message padded by itself.
    static final class Decoder {
        private final StringBuilder waiting = new StringBuilder();

        /// What can be told so far.
        ///
        /// @throws IllegalArgumentException if it is no base64
        byte[] decode(byte[] characters) {
            for (byte character : characters) {
                if (character > ' ') {
                    waiting.append((char) character);
                }
            }
            var out = new java.io.ByteArrayOutputStream();
            int whole = waiting.length() / 4 * 4;
            for (int at = 0; at < whole; at += 4) {
                out.writeBytes(Base64.getDecoder().decode(waiting.substring(at, at + 4)));
            }
            waiting.delete(0, whole);
            return out.toByteArray();
        }
    }
}
