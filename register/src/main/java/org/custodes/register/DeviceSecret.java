package org.custodes.register;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// User and password of a device. Told to nobody: not by `toString`, nor by any message.
/// Whoever asked for it closes it, which wipes the password.
public final class DeviceSecret implements AutoCloseable {
    private final String user;
    private final char[] password;

    /// Copies the password; the caller may wipe its own afterwards.
    public DeviceSecret(String user, char[] password) {
        this.user = user;
        this.password = password.clone();
    }

    public String user() {
        return user;
    }

    /// A copy, which the caller wipes.
    public char[] password() {
        return password.clone();
    }

    /// Wipes the password.
    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    /// Compared without telling by time where they differ.
    boolean sameAs(DeviceSecret other) {
        var mine = bytes();
        var theirs = other.bytes();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /// A length of four bytes and the user, then the password, both in UTF-8. The caller wipes it.
    byte[] bytes() {
        var name = user.getBytes(StandardCharsets.UTF_8);
        // At most three bytes of UTF-8 for each char of UTF-16.
        var buffer = ByteBuffer.allocate(4 + name.length + 3 * password.length);
        buffer.putInt(name.length).put(name);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), buffer, true);
        var bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    /// Reads what [#bytes] wrote and wipes it.
    static DeviceSecret read(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var name = new byte[Math.clamp(buffer.getInt(), 0, buffer.remaining())];
        buffer.get(name);
        var word = CharBuffer.allocate(buffer.remaining());
        StandardCharsets.UTF_8.newDecoder().decode(buffer, word, true);
        var password = Arrays.copyOf(word.array(), word.position());
        try {
            return new DeviceSecret(new String(name, StandardCharsets.UTF_8), password);
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(word.array(), '\0');
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "DeviceSecret[kept to itself]";
    }
}
