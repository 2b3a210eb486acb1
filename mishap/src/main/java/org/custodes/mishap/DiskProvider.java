package org.custodes.mishap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.custodes.mishap.SimulatedDisk.Kind;
import org.jspecify.annotations.Nullable;

/// What `java.nio.file.Files` asks of a [SimulatedDisk]. Permissions that a new file shall have are
/// taken and forgotten: nobody else is on this machine.
final class DiskProvider extends FileSystemProvider {
    private final SimulatedDisk disk;

    DiskProvider(SimulatedDisk disk) {
        this.disk = disk;
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("Make a SimulatedDisk");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("Ask a path of the SimulatedDisk");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("Ask the SimulatedDisk");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        var place = absolute(path);
        disk.read(place, disk.process());
        var found = disk.find(place);
        if (found.orElse(null) instanceof FolderNode folder) {
            if (options.contains(StandardOpenOption.WRITE)) {
                throw new IOException("Is a directory: " + path);
            }
            return new DiskChannel(disk, place, folder, null, options);
        }
        var fresh = options.contains(StandardOpenOption.CREATE_NEW);
        var creates = fresh || (found.isEmpty() && options.contains(StandardOpenOption.CREATE));
        var file = creates ? disk.make(place, new FileNode()) : disk.file(place);
        var channel = new DiskChannel(disk, place, file, file, options);
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)
                && options.contains(StandardOpenOption.WRITE)
                && file.size() > 0) {
            channel.truncate(0);
        }
        if (options.contains(StandardOpenOption.APPEND)) {
            channel.position(file.size());
        }
        return channel;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
        var place = absolute(path);
        disk.read(place, disk.process());
        if (!(disk.node(place) instanceof FolderNode)) {
            throw new NotDirectoryException(path.toString());
        }
        var found = new ArrayList<Path>();
        for (var name : names(place)) {
            var entry = path.resolve(name);
            if (filter.accept(entry)) {
                found.add(entry);
            }
        }
        return new Listed(found);
    }

    private List<String> names(DiskPath folder) throws IOException {
        synchronized (disk) {
            return List.copyOf(disk.folder(folder).entries().keySet());
        }
    }

    private record Listed(List<Path> entries) implements DirectoryStream<Path> {

        @Override
        public Iterator<Path> iterator() {
            return entries.iterator();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        disk.make(absolute(folder), new FolderNode());
    }

    @Override
    public void delete(Path path) throws IOException {
        var place = absolute(path);
        if (disk.node(place) instanceof FolderNode && !names(place).isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        change(Kind.REMOVE, place, Map.of(place.name(), Optional.empty()));
    }

    private void change(Kind kind, DiskPath place, Map<String, Optional<Node>> entries)
            throws IOException {
        disk.step(
                kind,
                place,
                disk.process(),
                number -> {
                    disk.folder(place.parent()).change(new FolderNode.Change(number, entries));
                    return place;
                },
                _ -> "nothing");
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("Nobody copies files on a simulated disk");
    }

    /// Within one folder: there a rename is one change.
    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        var from = absolute(source);
        var to = absolute(target);
        if (!from.parent().equals(to.parent())) {
            throw new UnsupportedOperationException("A simulated disk renames within one folder");
        }
        var entries = new TreeMap<String, Optional<Node>>();
        entries.put(from.name(), Optional.empty());
        entries.put(to.name(), Optional.of(disk.node(from)));
        change(Kind.RENAME, to, entries);
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return absolute(path).equals(other.toAbsolutePath());
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        disk.read(absolute(path), disk.process());
        disk.node(absolute(path));
        return new DiskFileStore(disk);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.read(absolute(path), disk.process());
        disk.node(absolute(path));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        disk.read(absolute(path), disk.process());
        synchronized (disk) {
            return Objects.requireNonNull(type.cast(Attributes.of(disk.node(absolute(path)))));
        }
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("A simulated file has no attribute " + attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("A simulated file has no attribute " + attribute);
    }

    private DiskPath absolute(Path path) {
        return DiskPath.of(path.toAbsolutePath());
    }

    /// @param folder whether it is no file
    private record Attributes(boolean folder, long size) implements BasicFileAttributes {

        static Attributes of(Node node) {
            return new Attributes(node instanceof FolderNode, node.bytes());
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime creationTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public boolean isRegularFile() {
            return !folder;
        }

        @Override
        public boolean isDirectory() {
            return folder;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public @Nullable Object fileKey() {
            return null;
        }
    }
}
