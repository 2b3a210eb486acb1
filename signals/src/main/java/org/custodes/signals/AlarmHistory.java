package org.custodes.signals;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.custodes.signals.AlarmEpisode.End;

/// What was wrong, since when, until when, why, and who has seen it: every alarm that [Signals] told of,
/// kept in one small file beside the recordings, so that it outlives a restart and needs no database.
///
/// What is remembered is in memory, bounded; the file is its copy, appended to by a thread of its own
/// and written anew when it has grown or when a write has failed. Nobody who raises an alarm waits for a
/// disk. The file holds what alarms hold, addresses of cameras and folders; who acknowledged one and
/// what they wrote is sealed. Why here: `docs/decisions/2026-11-25-alarm-history.md`.
public final class AlarmHistory implements AutoCloseable {
    /// At some hundred bytes each, a few megabytes; at ten a day, more than a year.
    static final int MOST_EPISODES = 5_000;

    static final String FIRST_LINE = "custodes alarms 1";

    private static final String FAILED = AlarmKind.ALARM_HISTORY_FAILED.code();
    private static final int MOST_LINES = 4 * MOST_EPISODES;
    private static final long LARGEST_FILE = 256L << 20;
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS_FOR_OLD = Duration.ofHours(1);

    private final Path file;
    private final Signals signals;
    private final InstantSource clock;
    private final AlarmLine line;
    private final Consumer<Signals.Change> listener = this::heard;
    private final Thread writer;

    // All guarded by this.
    private final AlarmEpisodes episodes;
    private final List<AlarmEpisode> unwritten = new ArrayList<>();
    private int linesInFile;
    private boolean writeAnew;
    private boolean closing;

    private AlarmHistory(
            Path file, AlarmSealing sealing, Signals signals, InstantSource clock, int most) {
        this.file = file;
        this.signals = signals;
        this.clock = clock;
        this.line = new AlarmLine(sealing);
        this.episodes = new AlarmEpisodes(most);
        this.writer = Thread.ofPlatform().daemon().name("alarm-history").unstarted(this::write);
    }

    /// Opens the history in this file, making it if there is none, and listens from now on. What stood
    /// when the recorder stopped is over unless it is found again; what stands now begins. A file that
    /// cannot be read, or not all of it, is put aside, with an alarm: a history is not worth a start that
    /// fails.
    public static AlarmHistory open(
            Path file, AlarmSealing sealing, Signals signals, InstantSource clock) {
        return open(file, sealing, signals, clock, MOST_EPISODES);
    }

    static AlarmHistory open(
            Path file, AlarmSealing sealing, Signals signals, InstantSource clock, int most) {
        var history = new AlarmHistory(file, sealing, signals, clock, most);
        history.load();
        history.listen();
        history.writer.start();
        return history;
    }

    /// Episodes as they are wanted.
    ///
    /// @param episodes newest first
    /// @param next the `before` of the next page; empty if there is none
    public record Page(List<AlarmEpisode> episodes, OptionalLong next) {
        public Page {
            episodes = List.copyOf(episodes);
        }
    }

    /// The episodes that are wanted, newest first.
    public synchronized Page page(AlarmQuery query) {
        var found = episodes.find(query, query.limit() + 1);
        var isLast = found.size() <= query.limit();
        var page = isLast ? found : found.subList(0, query.limit());
        return new Page(
                page, isLast ? OptionalLong.empty() : OptionalLong.of(page.getLast().number()));
    }

    /// Those that stand, oldest first.
    public synchronized List<AlarmEpisode> standing() {
        return episodes.all().stream().filter(AlarmEpisode::stands).toList();
    }

    /// The episode with this number.
    public synchronized Optional<AlarmEpisode> find(long number) {
        return episodes.find(number);
    }

    /// Somebody takes it on; whoever came first stays. Whether they may was decided before.
    ///
    /// @return the episode as it is now; empty if there is none with this number
    public synchronized Optional<AlarmEpisode> acknowledge(long number, Acknowledgement by) {
        episodes.acknowledged(number, by).ifPresent(this::note);
        return episodes.find(number);
    }

    /// What stands is noted as stopped, and everything is written.
    @Override
    public void close() {
        signals.leave(listener);
        synchronized (this) {
            unwritten.addAll(episodes.stopped(clock.instant()));
            closing = true;
            notifyAll();
        }
        try {
            // A disk that hangs must not keep the recorder from ending its packs on others.
            var _ = writer.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// Forgets what has been over for half a year, in memory and in the file.
    synchronized void forgetOld() {
        if (episodes.forget(clock.instant())) {
            writeAnew = true;
            notifyAll();
        }
    }

    private void load() {
        Optional<IOException> fault = Optional.empty();
        synchronized (this) {
            try {
                read();
                var _ = episodes.forget(clock.instant());
            } catch (IOException unreadable) {
                fault = Optional.of(unreadable);
            }
            // After a kill: when it ended nobody knows, but now it is over.
            unwritten.addAll(episodes.begin(clock.instant()));
            writeAnew = true;
        }
        fault.ifPresent(this::putAside);
    }

    /// While this is locked.
    private void read() throws IOException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException("it is larger than any that was written here");
            }
            var damaged = 0;
            for (var text : wholeLines(Files.readString(file))) {
                var episode = line.read(text);
                episode.ifPresent(episodes::replay);
                if (episode.isEmpty() && !text.equals(FIRST_LINE)) {
                    damaged++;
                }
            }
            if (damaged > 0) {
                throw new IOException(
                        "%d of its lines are none of this version".formatted(damaged));
            }
        } catch (NoSuchFileException first) {
            // The first start.
        }
    }

    /// Without the last one if a kill tore it: that was never written.
    private static List<String> wholeLines(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private void putAside(IOException unreadable) {
        try {
            Files.move(file, aside(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            unreadable.addSuppressed(stays);
        }
        failed("The history of alarms could not be read in whole, and was put aside", unreadable);
    }

    private Path aside() {
        return file.resolveSibling(file.getFileName() + ".unreadable");
    }

    /// What was put aside holds sealed names like the history itself, and is kept no longer.
    private void forgetAside() {
        try {
            var written = Files.getLastModifiedTime(aside()).toInstant();
            if (written.plus(AlarmEpisodes.KEPT).isBefore(clock.instant())) {
                Files.delete(aside());
            }
        } catch (NoSuchFileException none) {
            // As it should be.
        } catch (IOException stays) {
            failed("What was put aside of the history of alarms could not be removed", stays);
        }
    }

    private void listen() {
        for (var alarm : signals.listen(listener)) {
            raised(alarm);
        }
    }

    /// The lock of [Signals] is held, and taken before ours, always.
    private void heard(Signals.Change change) {
        switch (change) {
            case Signals.Change.Raised(var alarm) -> raised(alarm);
            case Signals.Change.Changed(var alarm) -> changed(alarm);
            case Signals.Change.Ended(var alarm, var at) -> ended(alarm, at);
        }
    }

    private synchronized void raised(Alarm alarm) {
        episodes.raised(alarm).ifPresent(this::note);
    }

    /// In memory alone: a figure that moves every second is not worth a write, and the line of its end
    /// holds the last one.
    private synchronized void changed(Alarm alarm) {
        episodes.changed(alarm, clock.instant());
    }

    private synchronized void ended(Alarm alarm, Instant at) {
        episodes.ended(alarm, at, End.ENDED).ifPresent(this::note);
    }

    /// While this is locked.
    private void note(AlarmEpisode episode) {
        // Hours without a disk: memory knows everything, and the file is written anew from it.
        if (unwritten.size() >= MOST_LINES) {
            unwritten.clear();
            writeAnew = true;
        }
        unwritten.add(episode);
        notifyAll();
    }

    /// What is to be written.
    private record Work(List<AlarmEpisode> episodes, boolean anew, boolean isLast) {}

    private void write() {
        try {
            var work = next();
            while (true) {
                var isDone = write(work);
                if (work.isLast()) {
                    return;
                }
                if (!isDone) {
                    pause();
                }
                work = next();
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    /// There may be nothing to write: then an hour has passed.
    private synchronized Work next() throws InterruptedException {
        for (var looked = false; nothingToWrite() && !looked; looked = true) {
            wait(BETWEEN_LOOKS_FOR_OLD.toMillis());
            forgetOld();
        }
        var anew = writeAnew || linesInFile + unwritten.size() > MOST_LINES;
        var lines = anew ? episodes.all() : List.copyOf(unwritten);
        unwritten.clear();
        writeAnew = false;
        return new Work(lines, anew, closing);
    }

    private synchronized boolean nothingToWrite() {
        return unwritten.isEmpty() && !writeAnew && !closing;
    }

    private boolean write(Work work) {
        try {
            if (work.anew()) {
                writeAnew(work.episodes());
            } else if (!work.episodes().isEmpty()) {
                append(work.episodes());
            }
            synchronized (this) {
                linesInFile = work.episodes().size() + (work.anew() ? 1 : linesInFile);
            }
            signals.end(FAILED, clock.instant());
            forgetAside();
            return true;
        } catch (IOException | RuntimeException fault) {
            // Also a key store that seals nothing now: what is in memory is written when it does.
            synchronized (this) {
                writeAnew = true;
            }
            failed("The history of alarms could not be written", fault);
            return false;
        }
    }

    private void append(List<AlarmEpisode> changed) throws IOException {
        var text = new StringBuilder();
        changed.forEach(episode -> text.append(line.write(episode)).append('\n'));
        try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    /// Aside, forced, renamed: whoever looks sees the old one or the new one.
    private void writeAnew(List<AlarmEpisode> all) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(
                aside,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (BufferedWriter out = Files.newBufferedWriter(aside)) {
            out.write(FIRST_LINE + "\n");
            for (var episode : all) {
                out.write(line.write(episode) + "\n");
            }
        }
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void failed(String what, Exception fault) {
        var why =
                fault instanceof MalformedInputException
                        ? "it is no text"
                        : String.valueOf(fault.getMessage());
        signals.raise(
                new Alarm(
                        FAILED,
                        AlarmKind.ALARM_HISTORY_FAILED,
                        "",
                        clock.instant(),
                        "%s in %s: %s.".formatted(what, file, why),
                        "Make room in the data folder, or mend its rights; until then the history is kept in memory"
                                + " alone."));
    }

    private synchronized void pause() throws InterruptedException {
        var until = System.nanoTime() + AFTER_A_FAULT.toNanos();
        for (var left = AFTER_A_FAULT.toMillis(); left > 0 && !closing; ) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }
}
