package org.custodes.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Real files, of which a test may fail the n-th change, fill the disk, kill the process or cut the
/// power.
final class TestDisk implements Disk {
    /// What a change does.
    enum Change {
        MAKE,
        WRITE,
        TRUNCATE,
        REMOVE,
        SYNC
    }

    /// Decides what becomes of a change; throws to fail it.
    @FunctionalInterface
    interface Fault {
        void before(Change change, Path path) throws IOException;
    }

    /// Stands for the end of the process: nothing more reaches the disk.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final RealDisk real = new RealDisk();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final List<Closeable> held = new ArrayList<>();
    private final Map<Path, Optional<byte[]>> lastSynced = new HashMap<>();
    private volatile Fault fault = (_, _) -> {};
    private volatile long usable = Long.MAX_VALUE;
    private volatile boolean dead;

    void fault(Fault next) {
        fault = next;
    }

    /// Fails the n-th change from now on, counted from 1, and no other.
    void failChange(long n) {
        var at = changes.get() + n;
        fault =
                (change, path) -> {
                    if (changes.get() == at) {
                        throw new IOException("Input/output error at " + change + " of " + path);
                    }
                };
    }

    /// Ends the process at the n-th change from now on: a write gets half-way.
    void killAtChange(long n) {
        var at = changes.get() + n;
        fault =
                (_, _) -> {
                    if (changes.get() == at) {
                        throw new Killed();
                    }
                };
    }

    void heal() {
        fault = (_, _) -> {};
    }

    void usable(long bytes) {
        usable = bytes;
    }

    long changes() {
        return changes.get();
    }

    long reads() {
        return reads.get();
    }

    /// The process is gone: its locks are free, its files stay as they are.
    void kill() throws IOException {
        dead = true;
        for (var one : held) {
            one.close();
        }
    }

    /// The power is gone: what was not synced is lost.
    void cutPower() throws IOException {
        kill();
        for (var entry : lastSynced.entrySet()) {
            if (entry.getValue().isEmpty()) {
                if (!Files.isDirectory(entry.getKey())) {
                    Files.deleteIfExists(entry.getKey());
                }
            } else {
                Files.createDirectories(entry.getKey().getParent());
                Files.write(entry.getKey(), entry.getValue().get());
            }
        }
    }

    private void before(Change change, Path path) throws IOException {
        if (dead) {
            throw new Killed();
        }
        changes.incrementAndGet();
        fault.before(change, path);
    }

    private void remember(Path path) throws IOException {
        if (!lastSynced.containsKey(path)) {
            lastSynced.put(
                    path,
                    Files.isRegularFile(path)
                            ? Optional.of(Files.readAllBytes(path))
                            : Optional.empty());
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            before(Change.MAKE, folder);
        }
        real.makeFolder(folder);
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        reads.incrementAndGet();
        return real.names(folder);
    }

    @Override
    public boolean exists(Path path) {
        reads.incrementAndGet();
        return real.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        reads.incrementAndGet();
        return real.size(file);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        before(Change.MAKE, file);
        remember(file);
        return new TestFile(file, hold(real.create(file)));
    }

    @Override
    public DiskFile edit(Path file) throws IOException {
        if (!Files.exists(file)) {
            before(Change.MAKE, file);
        }
        remember(file);
        return new TestFile(file, hold(real.edit(file)));
    }

    @Override
    public DiskFile read(Path file) throws IOException {
        reads.incrementAndGet();
        return new TestFile(file, hold(real.read(file)));
    }

    private DiskFile hold(DiskFile file) {
        held.add(file);
        return file;
    }

    @Override
    public void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            before(Change.REMOVE, path);
            remember(path);
        }
        real.remove(path);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        before(Change.WRITE, file);
        real.replace(file, content);
        lastSynced.remove(file);
    }

    @Override
    public void sync(Path volume, Collection<Path> touched) throws IOException {
        before(Change.SYNC, volume);
        lastSynced.clear();
    }

    @Override
    public long usable(Path folder) throws IOException {
        return Math.min(usable, real.usable(folder));
    }

    @Override
    public long total(Path folder) throws IOException {
        return real.total(folder);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        var lock = real.lock(file);
        lock.ifPresent(held::add);
        return lock;
    }

    private final class TestFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        TestFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            reads.incrementAndGet();
            return file.read(into, at);
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            try {
                before(Change.WRITE, path);
            } catch (IOException | Killed e) {
                // What fails or is killed in the middle has written something.
                var half = from.duplicate();
                half.limit(half.position() + half.remaining() / 2);
                if (!(e instanceof Killed) || !dead) {
                    file.write(half, at);
                }
                throw e;
            }
            file.write(from, at);
        }

        @Override
        public void truncate(long size) throws IOException {
            before(Change.TRUNCATE, path);
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            held.remove(file);
            file.close();
        }
    }
}
