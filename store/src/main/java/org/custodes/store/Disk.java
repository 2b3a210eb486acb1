package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Every file operation of the store goes through here, so that a test can fail the n-th one, make it
/// slow, or cut the power between two of them. The second kind lives in the tests.
interface Disk {

    /// Makes a folder and those above it; nothing happens if it exists.
    void makeFolder(Path folder) throws IOException;

    /// The names in a folder, sorted; none if there is no such folder.
    List<String> names(Path folder) throws IOException;

    /// Whether something of this name exists.
    boolean exists(Path path) throws IOException;

    /// The file's length, 0 if there is no such file.
    long size(Path file) throws IOException;

    /// Makes a file that must not exist yet and opens it for writing.
    DiskFile create(Path file) throws IOException;

    /// Opens a file for reading and writing, made empty if it does not exist.
    DiskFile edit(Path file) throws IOException;

    /// Opens a file for reading.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    DiskFile read(Path file) throws IOException;

    /// Removes a file or an empty folder; nothing happens if there is none.
    void remove(Path path) throws IOException;

    /// Makes a small file appear whole or not at all: written aside, forced, renamed, and its folder
    /// forced.
    void replace(Path file, byte[] content) throws IOException;

    /// Makes everything written so far last, for the file system that `volume` lies on.
    ///
    /// @param touched files and folders written since the last sync; used where the whole file system
    ///     cannot be synced in one call
    void sync(Path volume, Collection<Path> touched) throws IOException;

    /// Bytes that may still be written to the file system of this folder.
    long usable(Path folder) throws IOException;

    /// Bytes of the file system of this folder.
    long total(Path folder) throws IOException;

    /// Keeps other processes out until it is closed; empty if another one is in.
    Optional<Closeable> lock(Path file) throws IOException;

    /// An open file.
    interface DiskFile extends Closeable {

        long size() throws IOException;

        /// Reads at a place until `into` is full or the file ends.
        ///
        /// @return how many bytes were read
        int read(ByteBuffer into, long at) throws IOException;

        /// Writes all of `from` at a place.
        void write(ByteBuffer from, long at) throws IOException;

        /// Cuts the file to `size`.
        void truncate(long size) throws IOException;
    }
}
