package org.custodes.register;

import java.util.Arrays;

/// Which way a camera's pictures take. People choose it; none is taken in place of another by itself.
public enum Transport {
    /// On the connection of its answers.
    TCP("tcp"),
    /// As datagrams.
    UDP("udp"),
    /// On the connection, and as datagrams where the camera says that it cannot.
    TCP_OR_UDP("tcp-or-udp"),
    /// On the connection, all of it tunnelled in HTTP.
    HTTP("http");

    private final String code;

    Transport(String code) {
        this.code = code;
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }

    /// Whether pictures may come as datagrams, which nobody encrypts.
    boolean mayBeDatagrams() {
        return switch (this) {
            case TCP, HTTP -> false;
            case UDP, TCP_OR_UDP -> true;
        };
    }

    /// Reads what [#code] wrote.
    ///
    /// @throws IllegalArgumentException if this version knows no such word
    static Transport of(String code) {
        return Arrays.stream(values())
                .filter(transport -> transport.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word: " + code));
    }
}
