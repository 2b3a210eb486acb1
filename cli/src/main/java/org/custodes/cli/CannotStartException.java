package org.custodes.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// The command cannot do its work; the message tells what, why and the next step, and is all that
/// the person at the terminal gets to see.
final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What a file operation stumbled over, in words: the exceptions of the JDK say it by their names.
    static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException missing -> "%s does not exist".formatted(missing.getFile());
            case FileAlreadyExistsException there ->
                    "there is a file %s already".formatted(there.getFile());
            case AccessDeniedException denied ->
                    "this user has no right to %s".formatted(denied.getFile());
            case NotDirectoryException file -> "%s is no folder".formatted(file.getFile());
            default -> String.valueOf(fault.getMessage());
        };
    }

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
