package org.custodes.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// A disk in memory that can be stopped before any of its steps, and that forgets after a power cut what
/// was never synced: of each such write nothing, all, or some of its 512-byte sectors.
final class FragileDisk implements Disk {
    private static final int SECTOR = 512;

    private final Map<Path, byte[]> seen = new HashMap<>();
    private final Map<Path, byte[]> synced = new HashMap<>();
    private final Set<Path> syncedEntries = new HashSet<>();
    private long stepsLeft = Long.MAX_VALUE;
    private Predicate<Path> failing = _ -> false;

    /// The process is gone.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void killAfter(long steps) {
        stepsLeft = steps;
    }

    /// From now on steps on these files fail as on a full or broken disk.
    void failOn(Predicate<Path> which) {
        failing = which;
    }

    /// What a new process finds after a kill: all that was written.
    FragileDisk afterKill() {
        var next = new FragileDisk();
        seen.forEach((path, bytes) -> next.seen.put(path, bytes.clone()));
        next.seen.forEach((path, bytes) -> next.synced.put(path, bytes.clone()));
        next.syncedEntries.addAll(next.seen.keySet());
        return next;
    }

    /// What a new process finds after a power cut.
    FragileDisk afterPowerCut(Random chance) {
        var next = new FragileDisk();
        var paths = new HashSet<>(seen.keySet());
        paths.addAll(syncedEntries);
        for (var path : paths.stream().sorted().toList()) {
            var entrySure = seen.containsKey(path) == syncedEntries.contains(path);
            var present = entrySure ? seen.containsKey(path) : chance.nextBoolean();
            if (present) {
                var safe = synced.getOrDefault(path, new byte[0]);
                next.seen.put(path, torn(safe, seen.getOrDefault(path, safe), chance));
            }
        }
        next.seen.forEach((path, bytes) -> next.synced.put(path, bytes.clone()));
        next.syncedEntries.addAll(next.seen.keySet());
        return next;
    }

    private static byte[] torn(byte[] safe, byte[] wanted, Random chance) {
        var length = chance.nextBoolean() ? wanted.length : safe.length;
        var out = new byte[length];
        for (var at = 0; at < length; at += SECTOR) {
            var from = chance.nextBoolean() ? wanted : safe;
            var end = Math.min(Math.min(length, at + SECTOR), from.length);
            if (end > at) {
                System.arraycopy(from, at, out, at, end - at);
            }
        }
        return out;
    }

    private void step(Path path) throws IOException {
        if (stepsLeft-- <= 0) {
            throw new Killed();
        }
        if (failing.test(path)) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        step(folder);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        if (failing.test(folder)) {
            throw new IOException("Input/output error");
        }
        return seen.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> String.valueOf(path.getFileName()))
                .toList();
    }

    @Override
    public byte[] read(Path file, int atMost) throws IOException {
        if (failing.test(file)) {
            throw new IOException("Input/output error");
        }
        var bytes = seen.getOrDefault(file, new byte[0]);
        return Arrays.copyOf(bytes, Math.min(bytes.length, atMost));
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        step(file);
        seen.put(file, bytes.clone());
    }

    @Override
    public void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        step(file);
        var old = seen.getOrDefault(file, new byte[0]);
        var changed = Arrays.copyOf(old, Math.max(old.length, (int) offset + bytes.length));
        System.arraycopy(bytes, 0, changed, (int) offset, bytes.length);
        seen.put(file, changed);
    }

    @Override
    public void sync(Path file) throws IOException {
        step(file);
        synced.put(file, seen.getOrDefault(file, new byte[0]).clone());
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        step(folder);
        var inFolder = new ArrayList<Path>(seen.keySet());
        inFolder.removeIf(path -> !folder.equals(path.getParent()));
        syncedEntries.removeIf(path -> folder.equals(path.getParent()));
        syncedEntries.addAll(inFolder);
    }

    @Override
    public void delete(Path file) throws IOException {
        step(file);
        seen.remove(file);
    }

    @Override
    public Closeable lock(Path folder) {
        return () -> {};
    }
}
