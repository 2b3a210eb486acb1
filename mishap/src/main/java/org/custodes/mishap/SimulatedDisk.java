package org.custodes.mishap;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk in memory, used through its paths as any other: `Files` and `FileChannel` work on them.
///
/// Every change is a *step*, and steps are counted. A [Fault] sees each one before it is taken and may
/// fail it, take its time, or end the process. Until a file or a folder is synced, what was changed in
/// it may or may not be on the disk: [#crashImage] draws one of the states that a power cut may leave.
/// Any thread may use it.
public final class SimulatedDisk {
    /// What a step does.
    public enum Kind {
        /// Makes a file or a folder.
        MAKE,
        WRITE,
        TRUNCATE,
        RENAME,
        REMOVE,
        SYNC
    }

    /// One change.
    ///
    /// @param number counted from 1
    public record Step(long number, Kind kind, Path path) {}

    /// Decides what becomes of each step.
    @FunctionalInterface
    public interface Fault {
        /// Called before the step, on the thread that takes it.
        ///
        /// @throws IOException to fail it: of a write one half is done, and of a failed sync nobody
        ///     knows what reached the disk
        /// @throws ProcessEnded to end the process in the middle of it
        void before(Step step) throws IOException;
    }

    /// Stands for the end of the process: nothing more reaches the disk.
    public static final class ProcessEnded extends Error {
        private static final long serialVersionUID = 1;

        public ProcessEnded() {
            super("The simulated process has ended", null, false, false);
        }
    }

    private static final Fault NONE = _ -> {};
    private static final long A_TEBIBYTE = 1L << 40;

    private final DiskFileSystem fileSystem = new DiskFileSystem(this);
    private final FolderNode root;
    private final Set<DiskPath> locked = new HashSet<>();

    private volatile Fault fault = NONE;
    private volatile Fault readFault = NONE;
    private volatile Runnable afterStep = () -> {};
    private volatile long capacity = A_TEBIBYTE;
    private volatile int mostPerWrite = Integer.MAX_VALUE;

    // All guarded by this.
    private long steps;
    private long reads;
    private int opened;
    private long process;
    private boolean ended;

    public SimulatedDisk() {
        this(new FolderNode());
    }

    private SimulatedDisk(FolderNode root) {
        this.root = root;
    }

    /// The disk that a path lies on; empty if it is a real one.
    public static Optional<SimulatedDisk> of(Path path) {
        return path instanceof DiskPath ours ? Optional.of(ours.disk()) : Optional.empty();
    }

    /// A path on this disk, from its root.
    public Path path(String path) {
        return DiskPath.of(fileSystem, "/" + path);
    }

    /// How many changes were made or tried so far.
    public synchronized long steps() {
        return steps;
    }

    /// How often something was read so far: a part of a file, a folder, a size.
    public synchronized long reads() {
        return reads;
    }

    /// How many bytes all files together have, as the machine sees them now.
    public synchronized long bytes() {
        return root.bytes();
    }

    /// Files that are open now.
    public synchronized int opened() {
        return opened;
    }

    /// Has a fault see every step from now on.
    public void fault(Fault next) {
        fault = next;
    }

    /// Has a fault see every read of a file; its steps have the number of the read, and no kind of
    /// their own.
    public void readFault(Fault next) {
        readFault = next;
    }

    /// Fails the n-th step from now on, counted from 1, and no other.
    public void failStep(long n) {
        var at = steps() + n;
        fault =
                step -> {
                    if (step.number() == at) {
                        throw new IOException("Input/output error at " + step);
                    }
                };
    }

    /// Ends the process in the middle of the n-th step from now on.
    public void endAtStep(long n) {
        var at = steps() + n;
        fault =
                step -> {
                    if (step.number() == at) {
                        throw new ProcessEnded();
                    }
                };
    }

    /// No more faults.
    public void heal() {
        fault = NONE;
        readFault = NONE;
    }

    /// Calls `look` after every step, on the thread that took it.
    public void afterEachStep(Runnable look) {
        afterStep = look;
    }

    /// How many bytes all files together may have from now on. A write that does not fit fails as on a
    /// full disk.
    public void capacity(long bytes) {
        capacity = bytes;
    }

    /// How many bytes one call writes at most from now on: less is written than was asked for.
    public void shortWrites(int bytes) {
        mostPerWrite = bytes;
    }

    /// The process is gone: its locks are free, its files are closed, and all that it wrote is there.
    public synchronized void kill() {
        process++;
        opened = 0;
        ended = false;
        locked.clear();
        fault = NONE;
    }

    /// A disk as the next process finds it after a power cut now; this one stays as it is.
    public synchronized SimulatedDisk crashImage(RandomGenerator chance) {
        return next(root.image(new Draw(chance, steps)));
    }

    /// A disk as the next process finds it after a kill now; this one stays as it is.
    public synchronized SimulatedDisk copy() {
        return next(root.copy());
    }

    private SimulatedDisk next(FolderNode found) {
        var next = new SimulatedDisk(found);
        next.capacity = capacity;
        next.mostPerWrite = mostPerWrite;
        return next;
    }

    /// The power is cut and comes back: this disk becomes one of its crash images.
    public synchronized void cutPower(RandomGenerator chance) {
        var found = root.image(new Draw(chance, steps));
        kill();
        root.become(found);
    }

    /// How many things a power cut now would have to decide upon; 0 if all is synced.
    public synchronized int unsure() {
        return root.unsure();
    }

    /// Whether these bytes stand in any file, as the machine sees it now.
    public synchronized boolean holds(byte[] bytes) {
        return root.holds(bytes);
    }

    /// Flips bits of one byte of a file, as a disk that goes bad does.
    public synchronized void rot(Path file, long at, int mask) throws IOException {
        file(DiskPath.of(file)).rot(at, mask);
    }

    // What follows is for the file system's own parts.

    /// A thing to do with the disk.
    @FunctionalInterface
    interface Action<T> {
        T run(long step) throws IOException;
    }

    /// Takes a step.
    ///
    /// @param opener of which process
    /// @param failed what a step that fails leaves behind
    <T> T step(Kind kind, DiskPath path, long opener, Action<T> action, Action<?> failed)
            throws IOException {
        var number = begin(opener);
        try {
            fault.before(new Step(number, kind, path));
        } catch (IOException e) {
            leave(number, failed);
            throw e;
        } catch (ProcessEnded e) {
            // Whoever asked for a sync is gone; the machine has nothing to tell and writes what is
            // dirty later.
            if (kind != Kind.SYNC) {
                leave(number, failed);
            }
            end();
            throw e;
        }
        T done;
        synchronized (this) {
            done = action.run(number);
        }
        afterStep.run();
        return done;
    }

    private synchronized long begin(long opener) {
        checkAlive(opener);
        return ++steps;
    }

    private synchronized void leave(long number, Action<?> failed) throws IOException {
        failed.run(number);
    }

    private synchronized void end() {
        ended = true;
    }

    synchronized void checkAlive(long opener) {
        if (ended || opener != process) {
            throw new ProcessEnded();
        }
    }

    synchronized long process() {
        return process;
    }

    synchronized void read(DiskPath path, long opener) throws IOException {
        checkAlive(opener);
        reads++;
        readFault.before(new Step(reads, Kind.SYNC, path));
    }

    synchronized int mostPerWrite() {
        return mostPerWrite;
    }

    long capacity() {
        return capacity;
    }

    synchronized long room() {
        // Adding up is left out where nobody set a bound.
        return capacity == A_TEBIBYTE ? capacity : Math.max(0, capacity - root.bytes());
    }

    synchronized void open() {
        opened++;
    }

    synchronized void close(long opener) {
        if (opener == process) {
            opened--;
        }
    }

    /// Locks a file for this process.
    ///
    /// @return false if it has it locked already
    synchronized boolean lock(DiskPath path) {
        return locked.add(path);
    }

    synchronized void unlock(DiskPath path, long opener) {
        if (opener == process) {
            locked.remove(path);
        }
    }

    synchronized Optional<Node> find(DiskPath path) {
        @Nullable Node node = root;
        for (var name : path.names()) {
            node = node instanceof FolderNode folder ? folder.entries().get(name) : null;
        }
        return Optional.ofNullable(node);
    }

    synchronized Node node(DiskPath path) throws NoSuchFileException {
        return find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    FileNode file(DiskPath path) throws IOException {
        if (node(path) instanceof FileNode file) {
            return file;
        }
        throw new IOException("Is a directory: " + path);
    }

    FolderNode folder(DiskPath path) throws IOException {
        if (node(path) instanceof FolderNode folder) {
            return folder;
        }
        throw new IOException("Not a directory: " + path);
    }

    /// Makes something that must not exist yet.
    <T extends Node> T make(DiskPath path, T node) throws IOException {
        if (find(path).isPresent()) {
            throw new FileAlreadyExistsException(path.toString());
        }
        folder(path.parent());
        return step(
                Kind.MAKE,
                path,
                process(),
                number -> {
                    var change = Map.of(path.name(), Optional.<Node>of(node));
                    folder(path.parent()).change(new FolderNode.Change(number, change));
                    return node;
                },
                _ -> "nothing");
    }
}
