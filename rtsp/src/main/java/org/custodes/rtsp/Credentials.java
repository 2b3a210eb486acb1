package org.custodes.rtsp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// User and password of a camera. Told to nobody: not by `toString`, nor by any message.
public final class Credentials {
    private static final int LONGEST = 256;

    private final String user;
    private final char[] password;

    private Credentials(String user, char[] password) {
        this.user = user;
        this.password = password;
    }

    /// Copies the password; the caller may wipe its own afterwards.
    ///
    /// @throws IllegalArgumentException if either is longer than 256 characters or contains a control
    ///     character, or if the user is empty
    public static Credentials of(String user, char[] password) {
        check("user", CharBuffer.wrap(user));
        check("password", CharBuffer.wrap(password));
        if (user.isEmpty()) {
            throw new IllegalArgumentException("A camera's user name is not empty");
        }
        return new Credentials(user, password.clone());
    }

    private static void check(String what, CharBuffer text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A camera's %s has at most %d characters, but got %d"
                            .formatted(what, LONGEST, text.length()));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A camera's %s contains no control characters".formatted(what));
        }
    }

    String user() {
        return user;
    }

    /// The password in UTF-8; whoever asked wipes it after use.
    byte[] password() {
        // At most three bytes of UTF-8 for each char of UTF-16.
        var encoded = ByteBuffer.allocate(3 * password.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), encoded, true);
        var bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    @Override
    public String toString() {
        return "Credentials[kept to themselves]";
    }
}
