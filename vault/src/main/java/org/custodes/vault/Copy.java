package org.custodes.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One copy of the key store: a folder with `root`, `pages/` and `lock`. Written under the key store's
/// lock; pages are read by any thread.
final class Copy {
    private final Disk disk = new Disk();
    private final Path place;
    private final Path root;
    private final Path pages;

    /// Pages that are whole and synced here. Empty after a fault: then each is written again.
    private final Set<UUID> sound = new HashSet<>();

    /// Which place of the root file (0 or 1) holds the newest whole block; the other is written first.
    private int newest = 1;

    /// Whether the other place is neither whole nor as it was before its first writing.
    private boolean torn;

    private volatile CopyState state;
    private @Nullable Closeable lock;

    Copy(Path place) {
        this.place = place.toAbsolutePath();
        this.root = this.place.resolve("root");
        this.pages = this.place.resolve("pages");
        this.state = new CopyState(this.place, false, Optional.empty());
    }

    /// What lies at a copy's place when the vault is opened.
    sealed interface Found {

        /// Nothing, or the beginning of a key store that never held a key.
        record Blank() implements Found {}

        /// A key store that can be opened as far as its root file tells.
        ///
        /// @param twice whether both places hold this block, as after a whole turn
        record Whole(RootBlock block, boolean twice) implements Found {}

        /// There was a key store, but its root file tells nothing any more.
        record Damaged(String why) implements Found {}

        /// The folder or its files cannot be read.
        record Unreachable(String why) implements Found {}
    }

    /// Takes the lock and looks.
    ///
    /// @throws KeyStoreRefusedException if another process is in
    Found enter() {
        try {
            disk.makeFolder(pages);
            lock = disk.lock(place);
            return look();
        } catch (Disk.InUseException e) {
            throw new KeyStoreRefusedException(
                    "The key store at %s is in use by another process. Stop that one first."
                            .formatted(place));
        } catch (IOException e) {
            return new Found.Unreachable(e.toString());
        }
    }

    Found look() throws IOException {
        var bytes = disk.read(root, 2 * RootBlock.SIZE);
        var first = RootBlock.parse(half(bytes, 0));
        var second = RootBlock.parse(half(bytes, 1));
        if (first.isEmpty() && second.isEmpty()) {
            return blankOrDamaged(bytes);
        }
        newest = epoch(second) > epoch(first) ? 1 : 0;
        var block = newest == 0 ? first.orElseThrow() : second.orElseThrow();
        var other = newest == 0 ? second : first;
        torn = other.isEmpty() && !isZero(half(bytes, 1 - newest));
        return new Found.Whole(block, other.filter(block::isSameTurnAs).isPresent());
    }

    private static byte[] half(byte[] root, int which) {
        var from = which * RootBlock.SIZE;
        return from > root.length
                ? new byte[0]
                : Arrays.copyOfRange(root, from, Math.min(root.length, from + RootBlock.SIZE));
    }

    private static long epoch(Optional<RootBlock> block) {
        return block.map(b -> b.facts().epoch()).orElse(-1L);
    }

    /// Whether a place of the root file was found torn, by a power cut or because a byte went bad.
    boolean torn() {
        return torn;
    }

    /// A first turn that was cut off leaves one place untouched and no page of a later epoch. What
    /// looks otherwise held keys once, and must not be taken for a fresh start.
    private Found blankOrDamaged(byte[] rootBytes) throws IOException {
        var latest = 0L;
        for (var name : disk.list(pages)) {
            var header = disk.read(pages.resolve(name), Page.HEADER_BYTES);
            latest = Math.max(latest, Page.toldEpoch(header));
        }
        if (latest > 1) {
            return new Found.Damaged(
                    "its pages are of epoch %d, but no place of its root file is whole"
                            .formatted(latest));
        }
        return isZero(half(rootBytes, 0)) || isZero(half(rootBytes, 1))
                ? new Found.Blank()
                : new Found.Damaged("no place of its root file is whole");
    }

    private static boolean isZero(byte[] bytes) {
        for (var b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// A page's bytes as they lie here; none if it is missing.
    byte[] page(UUID id) throws IOException {
        return disk.read(file(id), Page.MAX_BYTES);
    }

    /// Takes those pages as sound that a whole turn of this copy has left.
    void trust(Collection<UUID> whole) {
        sound.addAll(whole);
    }

    /// Step 1 of a turn: every page of the new epoch is here, whole and synced.
    void add(Collection<UUID> needed, PageBytes bytes) throws IOException {
        disk.makeFolder(pages);
        var written = new ArrayList<Path>();
        for (var id : needed) {
            if (!sound.contains(id)) {
                var wanted = bytes.of(id);
                if (Arrays.equals(page(id), wanted)) {
                    // It reads well, perhaps from memory alone: its sync may have failed.
                    disk.replace(file(id), wanted);
                } else {
                    disk.write(file(id), wanted);
                    written.add(file(id));
                }
            }
        }
        disk.sync(written);
        disk.syncFolder(pages);
        sound.addAll(needed);
    }

    /// Step 2: the new block stands in the other place. From here on the new epoch counts.
    void writeFirst(RootBlock block) throws IOException {
        write(1 - newest, block);
        disk.syncFolder(place);
        newest = 1 - newest;
    }

    /// Step 3: the old place is overwritten, and with it the old epoch's wrapped key.
    void writeSecond(RootBlock block) throws IOException {
        write(1 - newest, block);
    }

    private void write(int which, RootBlock block) throws IOException {
        disk.overwrite(root, (long) which * RootBlock.SIZE, block.bytes());
        disk.sync(root);
    }

    void turned(Optional<String> told) {
        state = new CopyState(place, true, told);
    }

    void failed(String why) {
        sound.clear();
        state = new CopyState(place, false, Optional.of(why));
    }

    /// Step 4: removes pages that no index names. They are noise already, for their keys are gone; so a
    /// page that cannot be removed is left for the next time.
    void sweep(Collection<UUID> needed) {
        var kept = new HashSet<String>();
        needed.forEach(id -> kept.add(name(id)));
        sound.retainAll(needed);
        try {
            for (var name : disk.list(pages)) {
                if (!kept.contains(name)) {
                    disk.delete(pages.resolve(name));
                }
            }
        } catch (IOException e) {
            state = new CopyState(place, state.turned(), Optional.of("sweeping: " + e));
        }
    }

    int strays(Collection<UUID> needed) throws IOException {
        return Math.max(0, disk.list(pages).size() - needed.size());
    }

    CopyState state() {
        return state;
    }

    Path place() {
        return place;
    }

    void leave() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The lock goes with the process at the latest.
            lock = null;
        }
    }

    private Path file(UUID page) {
        return pages.resolve(name(page));
    }

    private static String name(UUID page) {
        return page.toString();
    }

    /// Where a page's bytes come from when a copy lacks them.
    interface PageBytes {
        byte[] of(UUID page) throws IOException;
    }
}
