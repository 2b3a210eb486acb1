package org.custodes.register;

import java.nio.file.Path;

/// Neither the database nor the sealed copy says what cameras there are.
public final class RegisterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegisterUnavailableException(Path snapshot, Throwable cause, String whyNoDatabase) {
        super(
                ("The database does not answer (%s), and no sealed copy of the register can be read at"
                                + " %s. Start the database; if the copy is damaged it is made anew"
                                + " then.")
                        .formatted(whyNoDatabase, snapshot),
                cause);
    }
}
