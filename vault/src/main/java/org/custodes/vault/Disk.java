package org.custodes.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The few steps on files that the key store is made of, apart so that a test can stop between any two.
interface Disk {
    /// Makes a folder and its parents where they are missing; the new entries are synced.
    void makeFolder(Path folder) throws IOException;

    /// The names in a folder; none if there is no such folder.
    List<String> list(Path folder) throws IOException;

    /// A file's first bytes; none if there is no such file.
    byte[] read(Path file, int atMost) throws IOException;

    /// Writes a whole file, new or over an old one.
    void write(Path file, byte[] bytes) throws IOException;

    /// Writes over a part of a file in place; makes the file if it is missing.
    void overwrite(Path file, long offset, byte[] bytes) throws IOException;

    /// Returns when what was written to a file survives a power cut.
    void sync(Path file) throws IOException;

    /// Returns when the entries of a folder survive a power cut.
    void syncFolder(Path folder) throws IOException;

    void delete(Path file) throws IOException;

    /// Keeps other processes out of a folder until closed.
    ///
    /// @throws InUseException if another one is in
    Closeable lock(Path folder) throws IOException;

    /// Another process, or another vault in this one, holds the lock.
    final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(Path folder) {
            super("%s is in use by another process".formatted(folder));
        }
    }
}
