package org.custodes.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes what many threads append, writes it in batches, and syncs once per batch.
///
/// One thread owns the files. It is fast because nobody syncs alone: while one batch is on its way to
/// the disk the next one gathers.
final class LogWriter implements AutoCloseable {
    private static final int LONGEST_QUEUE = 4_096;
    private static final int LONGEST_BATCH = 512;

    private final Path folder;
    private final Pens pens;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread thread;
    private volatile Extent extent;
    private volatile boolean closing;

    // Owned by the thread.
    private @Nullable FileChannel channel;
    private boolean damaged;

    /// Goes on after what was recovered, in a new segment.
    LogWriter(Path folder, Pens pens, Extent recovered) {
        this.folder = folder;
        this.pens = pens;
        this.extent = recovered;
        this.thread = Thread.ofPlatform().daemon().name("audit-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// How far the log is durable now.
    Extent extent() {
        return extent;
    }

    /// Whether there was room in the queue within `millis`.
    boolean offer(Pending pending, long millis) throws InterruptedException {
        return !closing && queue.offer(pending, millis, TimeUnit.MILLISECONDS);
    }

    /// Writes what is in the queue, then ends.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<Pending>();
        try {
            while (!closing || !queue.isEmpty()) {
                var first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, LONGEST_BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            damaged = true;
        } finally {
            closing = true;
            queue.forEach(pending -> pending.fail(new IOException("the log was closed")));
            closeChannel();
        }
    }

    /// Writes a batch, month by month. After a fault everything that is not durable is refused, and the
    /// next batch begins by mending the files.
    private void write(List<Pending> batch) {
        var rest = batch;
        try {
            if (damaged) {
                mend();
            }
            while (!rest.isEmpty()) {
                var month = rest.getFirst().month();
                var run = leading(rest, pending -> pending.month().equals(month));
                makeRoom(month);
                writeRun(run);
                rest = rest.subList(run.size(), rest.size());
            }
        } catch (IOException | RuntimeException failed) {
            damaged = true;
            rest.forEach(pending -> pending.fail(failed));
        }
    }

    /// Steps: write all, sync once, publish how far the log goes, hand out the receipts. Before the
    /// sync nothing of it counts.
    private void writeRun(List<Pending> run) throws IOException {
        var before = extent;
        var written = new ArrayList<Pending>();
        var receipts = new ArrayList<Receipt>();
        var frames = new ArrayList<Frame>();
        var hash = before.hash();
        for (var pending : run) {
            var index = before.nextIndex() + frames.size();
            try {
                var frame = Frame.after(hash, seal(pending, index));
                hash = frame.hash();
                frames.add(frame);
                written.add(pending);
                receipts.add(new Receipt(index, pending.time(), hash));
            } catch (RuntimeException unsealed) {
                // Its key is gone or shut: this entry alone is refused, and its index is not used.
                pens.forget(pending.pen());
                pending.fail(unsealed);
            }
        }
        var length = append(frames, before.lastLength());
        extent = new Extent(before.segments(), length, before.nextIndex() + frames.size(), hash);
        for (var i = 0; i < written.size(); i++) {
            written.get(i).receipt().complete(receipts.get(i));
        }
    }

    private static byte[] seal(Pending pending, long index) {
        var entry = StoredEntry.of(pending.event(), index, pending.time(), pending.pen().alias());
        var personal = StoredEntry.personalPart(pending.event()).encode();
        return entry.with(pending.pen().box().seal(personal, entry.context())).encode();
    }

    private long append(List<Frame> frames, long at) throws IOException {
        var bytes = ByteBuffer.allocate(frames.stream().mapToInt(Frame::length).sum());
        frames.forEach(frame -> frame.putInto(bytes));
        bytes.flip();
        var file = channel();
        writeAll(file, bytes, at);
        file.force(false);
        return at + bytes.limit();
    }

    private FileChannel channel() throws IOException {
        if (channel == null) {
            throw new IOException("no segment is open");
        }
        return channel;
    }

    /// Begins another segment when none is open, when the last one is full, or in another month.
    private void makeRoom(YearMonth month) throws IOException {
        var fits =
                channel != null
                        && extent.segments().getLast().month().equals(month)
                        && extent.lastLength() < Segment.FULL;
        if (!fits) {
            begin(month);
        }
    }

    /// Steps: write the header, sync, sync the name, publish. A file of that name that is already there
    /// holds no entry, for its first index is the next one: it is what an earlier try left.
    private void begin(YearMonth month) throws IOException {
        closeChannel();
        var before = extent;
        var kept = new ArrayList<>(before.segments());
        if (before.lastIsEmpty()) {
            Files.deleteIfExists(kept.removeLast().in(folder));
        }
        var name = new SegmentName(before.nextIndex(), month);
        var header = new SegmentHeader(before.nextIndex(), month, before.hash(), pens.known(month));
        var frame = Frame.after(before.hash(), header.encode());
        var bytes = ByteBuffer.allocate(Segment.MAGIC.length + frame.length()).put(Segment.MAGIC);
        frame.putInto(bytes);
        bytes.flip();

        Files.deleteIfExists(name.in(folder));
        var file =
                FileChannel.open(
                        name.in(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel = file;
        writeAll(file, bytes, 0);
        file.force(true);
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
        kept.add(name);
        extent = new Extent(kept, bytes.limit(), before.nextIndex(), before.hash());
    }

    /// After a failed write or sync nobody knows what of the batch is on the disk, and a second sync
    /// that succeeds would prove nothing. All of it is cut away (its entries were refused), and a new
    /// segment follows.
    private void mend() throws IOException {
        closeChannel();
        if (!extent.segments().isEmpty()) {
            var last = extent.segments().getLast().in(folder);
            try (var file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                file.truncate(extent.lastLength());
                file.force(true);
            }
        }
        damaged = false;
    }

    /// Everything that counts was synced before; what did not is cut by the mending.
    private void closeChannel() {
        var closed = channel;
        channel = null;
        try {
            if (closed != null) {
                closed.close();
            }
        } catch (IOException failed) {
            damaged = true;
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes, at + bytes.position());
        }
    }

    private static List<Pending> leading(List<Pending> all, Predicate<Pending> wanted) {
        return List.copyOf(all.stream().takeWhile(wanted).toList());
    }
}
