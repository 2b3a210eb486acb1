package org.custodes.rights;

import java.util.Arrays;
import java.util.Optional;

/// How surely it is known who somebody is, weakest first.
public enum Assurance {
    /// A demonstration's link, on the recorder itself.
    LINK("link"),
    /// A password, and a code of an authenticator.
    PASSWORD_AND_CODE("password-and-code"),
    /// A passkey that verified its user.
    PASSKEY("passkey");

    private final String code;

    Assurance(String code) {
        this.code = code;
    }

    /// The one with this word.
    public static Optional<Assurance> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }
}
