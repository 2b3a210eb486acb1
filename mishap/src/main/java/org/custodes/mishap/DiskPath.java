package org.custodes.mishap;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path of a [SimulatedDisk], written as on Unix.
final class DiskPath implements Path {
    private final DiskFileSystem fileSystem;
    private final boolean absolute;
    private final List<String> names;
    private @Nullable String text;

    private DiskPath(DiskFileSystem fileSystem, boolean absolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = names;
    }

    static DiskPath of(DiskFileSystem fileSystem, String text) {
        var names = Arrays.stream(text.split("/", -1)).filter(name -> !name.isEmpty()).toList();
        return new DiskPath(fileSystem, text.startsWith("/"), names);
    }

    static DiskPath of(Path path) {
        if (path instanceof DiskPath ours) {
            return ours;
        }
        throw new ProviderMismatchException(path + " is not a path of a simulated disk");
    }

    SimulatedDisk disk() {
        return fileSystem.disk();
    }

    List<String> names() {
        return names;
    }

    String name() {
        return names.getLast();
    }

    DiskPath parent() {
        return with(absolute, names.subList(0, names.size() - 1));
    }

    private DiskPath with(boolean isAbsolute, List<String> some) {
        return new DiskPath(fileSystem, isAbsolute, List.copyOf(some));
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : with(false, List.of(name()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.isEmpty() || (!absolute && names.size() == 1) ? null : parent();
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return with(false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int from, int to) {
        return with(false, names.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof DiskPath path
                && path.fileSystem == fileSystem
                && path.absolute == absolute
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof DiskPath path
                && path.fileSystem == fileSystem
                && (path.absolute
                        ? equals(path)
                        : path.names.size() <= names.size()
                                && names.subList(names.size() - path.names.size(), names.size())
                                        .equals(path.names));
    }

    @Override
    public Path normalize() {
        var kept = new ArrayList<String>();
        for (var name : names) {
            if (name.equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            } else if (!name.equals(".")) {
                kept.add(name);
            }
        }
        return with(absolute, kept);
    }

    @Override
    public Path resolve(Path other) {
        var path = of(other);
        if (path.absolute) {
            return path;
        }
        var all = new ArrayList<>(names);
        all.addAll(path.names);
        return with(absolute, all);
    }

    /// Of one name mostly: without parsing it as a path first.
    @Override
    public Path resolve(String other) {
        if (other.isEmpty() || other.indexOf('/') >= 0) {
            return resolve(of(fileSystem, other));
        }
        var all = new ArrayList<String>(names.size() + 1);
        all.addAll(names);
        all.add(other);
        return with(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        if (!other.startsWith(this)) {
            throw new IllegalArgumentException("%s does not lie below %s".formatted(other, this));
        }
        return with(false, of(other).names.subList(names.size(), of(other).names.size()));
    }

    @Override
    public URI toUri() {
        return URI.create("simulated://" + toAbsolutePath());
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : with(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("A simulated disk watches nothing");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiskPath path
                && path.fileSystem == fileSystem
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        var known = text;
        if (known == null) {
            known = (absolute ? "/" : "") + String.join("/", names);
            text = known;
        }
        return known;
    }
}
