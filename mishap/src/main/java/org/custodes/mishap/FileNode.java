package org.custodes.mishap;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file in pages of 4 KiB, each of which reaches the disk when it likes until it is synced. An array
/// that stands in a page is never written to again: images share it.
final class FileNode implements Node {
    static final int PAGE = 4096;

    private static final byte[] ZEROS = new byte[PAGE];

    private final List<Cached<byte[]>> pages = new ArrayList<>();
    private final Cached<Long> size;

    /// An empty file.
    FileNode() {
        size = new Cached<>(0L);
    }

    private FileNode(List<byte[]> content, long size) {
        this.size = new Cached<>(size);
        content.forEach(page -> pages.add(new Cached<>(page)));
    }

    long size() {
        return size.now();
    }

    int read(ByteBuffer into, long at) {
        var left = (int) Math.min(into.remaining(), size() - at);
        if (left <= 0) {
            return -1;
        }
        var read = 0;
        while (read < left) {
            var page = (int) ((at + read) / PAGE);
            var from = (int) ((at + read) % PAGE);
            var some = Math.min(PAGE - from, left - read);
            into.put(page(page).now(), from, some);
            read += some;
        }
        return read;
    }

    void write(ByteBuffer bytes, long at, long step) {
        var end = at + bytes.remaining();
        for (var place = at; bytes.hasRemaining(); ) {
            var page = page((int) (place / PAGE));
            var from = (int) (place % PAGE);
            var some = Math.min(PAGE - from, bytes.remaining());
            var changed = page.now().clone();
            bytes.get(changed, from, some);
            page.set(changed, step);
            place += some;
        }
        if (end > size()) {
            size.set(end, step);
        }
    }

    void truncate(long length, long step) {
        if (length >= size()) {
            return;
        }
        var first = (int) (length / PAGE);
        var rest = (int) (length % PAGE);
        for (var index = first; index < pages.size(); index++) {
            var kept = index == first ? rest : 0;
            var changed = new byte[PAGE];
            System.arraycopy(pages.get(index).now(), 0, changed, 0, kept);
            pages.get(index).set(changed, step);
        }
        size.set(length, step);
    }

    private Cached<byte[]> page(int index) {
        while (pages.size() <= index) {
            pages.add(new Cached<>(ZEROS));
        }
        return pages.get(index);
    }

    @Override
    public Node image(Draw draw) {
        var length = draw.of(size);
        var content = new ArrayList<byte[]>();
        for (var index = 0; (long) index * PAGE < length; index++) {
            content.add(
                    cut(
                            draw.page(page(index)),
                            (int) Math.min(PAGE, length - (long) index * PAGE)));
        }
        return new FileNode(content, length);
    }

    /// Nothing of what a page held behind the file's end is ever seen again.
    private static byte[] cut(byte[] page, int length) {
        for (var place = length; place < PAGE; place++) {
            if (page[place] != 0) {
                var kept = new byte[PAGE];
                System.arraycopy(page, 0, kept, 0, length);
                return kept;
            }
        }
        return page;
    }

    @Override
    public Node copy() {
        return new FileNode(pages.stream().map(Cached::now).toList(), size());
    }

    @Override
    public void synced() {
        size.synced();
        pages.forEach(Cached::synced);
    }

    /// The length is the file system's own business and is written again; pages are not.
    @Override
    public void lost() {
        pages.forEach(Cached::lost);
    }

    @Override
    public int unsure() {
        var unsure = size.isSure() ? 0 : 1;
        for (var page : pages) {
            unsure += page.isSure() ? 0 : 1;
        }
        return unsure;
    }

    @Override
    public long bytes() {
        return size();
    }

    @Override
    public boolean holds(byte[] bytes) {
        var content = new byte[Math.toIntExact(size())];
        read(ByteBuffer.wrap(content), 0);
        for (var at = 0; at + bytes.length <= content.length; at++) {
            if (content[at] == bytes[0]
                    && Arrays.equals(content, at, at + bytes.length, bytes, 0, bytes.length)) {
                return true;
            }
        }
        return false;
    }

    /// Changes a byte as a bad disk does: at once and for good.
    void rot(long at, int mask) {
        var index = (int) (at / PAGE);
        var changed = page(index).now().clone();
        changed[(int) (at % PAGE)] ^= (byte) mask;
        pages.set(index, new Cached<>(changed));
    }
}
