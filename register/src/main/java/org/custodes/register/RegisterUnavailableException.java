package org.custodes.register;

import java.nio.file.Path;

/// Neither the database nor the sealed copy says what cameras there are.
public final class RegisterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegisterUnavailableException(Path snapshot, Throwable cause) {
        super(
                ("The database does not answer, and no sealed copy of the register can be read at"
                                + " %s. Start the database; if the copy is damaged it is made anew"
                                + " then.")
                        .formatted(snapshot),
                cause);
    }
}
