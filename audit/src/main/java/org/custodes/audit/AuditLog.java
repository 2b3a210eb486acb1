package org.custodes.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.custodes.media.Bytes;
import org.custodes.vault.Vault;
import org.jspecify.annotations.Nullable;

/// The log: one for the whole recorder, for any number of threads.
public final class AuditLog implements AutoCloseable {
    /// A disk that takes longer than this is a disk that fails.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final Vault vault;
    private final InstantSource clock;
    private final FileChannel lock;
    private final Pens pens;
    private final LogWriter writer;
    private final LogReader reader;

    /// Why the last entry could not be made durable; empty if it was.
    private volatile Optional<String> fault = Optional.empty();

    private final AtomicBoolean trying = new AtomicBoolean();

    private AuditLog(
            Path folder,
            Vault vault,
            InstantSource clock,
            FileChannel lock,
            Pens pens,
            LogWriter writer) {
        this.folder = folder;
        this.vault = vault;
        this.clock = clock;
        this.lock = lock;
        this.pens = pens;
        this.writer = writer;
        this.reader = new LogReader(folder, vault);
    }

    /// Opens the log in `folder`, making one if there is none. How long it takes does not depend on
    /// how much it holds.
    ///
    /// @throws AuditUnavailableException if the folder cannot be read or written, or another program
    ///     has it open
    public static AuditLog open(
            Path folder, Vault vault, InstantSource clock, SecureRandom random) {
        try {
            makeFolder(folder.toAbsolutePath());
            return open(folder, vault, clock, random, lock(folder));
        } catch (IOException | MalformedEntryException failed) {
            throw new AuditUnavailableException(
                    "The audit log in %s cannot be opened: %s. Check its disk and its owner."
                            .formatted(folder, failed),
                    failed);
        }
    }

    private static AuditLog open(
            Path folder, Vault vault, InstantSource clock, SecureRandom random, FileChannel lock)
            throws IOException {
        try {
            var found = Recovery.in(folder);
            var pens = new Pens(vault, random);
            found.last().ifPresent(pens::remember);
            var writer = new LogWriter(folder, pens, found.extent());
            var log = new AuditLog(folder, vault, clock, lock, pens, writer);
            writer.start();
            found.cuts().forEach(log::tellCut);
            return log;
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /// Writes the entry and returns when it is durable. Entries that arrive together share one turn
    /// of the disk. The first entry of a person in a month also costs a turn of the key store.
    ///
    /// @throws AuditUnavailableException if it could not be made durable: then what it was about
    ///     must not happen
    public Receipt append(Event event) {
        var time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            var pen = pens.of(event.actor(), StoredEntry.month(time));
            var pending = new Pending(event, time, pen, new CompletableFuture<>());
            if (!writer.offer(pending, PATIENCE.toMillis())) {
                throw unavailable("it is closed, or too much waits already", null);
            }
            var receipt = pending.receipt().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            fault = Optional.empty();
            return receipt;
        } catch (ExecutionException failed) {
            throw unavailable(String.valueOf(failed.getCause()), failed.getCause());
        } catch (TimeoutException slow) {
            throw unavailable("the disk took longer than " + PATIENCE, slow);
        } catch (InterruptedException stopped) {
            var before = fault;
            Thread.currentThread().interrupt();
            var unavailable = unavailable("whoever asked was interrupted", stopped);
            fault = before;
            throw unavailable;
        } catch (AuditUnavailableException known) {
            throw known;
        } catch (RuntimeException noKey) {
            throw unavailable("the key store gave no key: " + noKey.getMessage(), noKey);
        }
    }

    /// Seals something that belongs to an entry of this actor and is kept elsewhere, under the key that seals the
    /// entry: it can be opened for as long as the entry tells who it was.
    ///
    /// @param context what it is: it opens with the same context only
    /// @throws AuditUnavailableException if there is no key to seal under
    public Bytes enclose(Actor actor, byte[] content, byte[] context) {
        try {
            var pen = pens.of(actor, StoredEntry.month(clock.instant()));
            try {
                return Envelope.seal(pen, content, context);
            } catch (RuntimeException gone) {
                // Its key is gone or shut: the next one gets a new one.
                pens.forget(pen);
                throw gone;
            }
        } catch (RuntimeException noKey) {
            throw unavailable("the key store gave no key: " + noKey.getMessage(), noKey);
        }
    }

    /// Opens what [#enclose] made.
    public Enclosed open(Bytes enclosed, byte[] context) {
        return Envelope.open(enclosed, context, vault);
    }

    /// The beginning of the month of the oldest entry that there is; empty if there is none.
    public Optional<Instant> since() {
        return writer.extent().segments().stream()
                .findFirst()
                .map(oldest -> oldest.month().atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /// Why the last entry that was asked for is not in the log; empty if it is.
    public Optional<String> fault() {
        return fault;
    }

    /// If the last entry was not taken: asks, without waiting, for one that tells so. With nobody at work no
    /// other would find out that the log takes entries again.
    public void tryAgain() {
        var refused = fault;
        if (refused.isPresent() && trying.compareAndSet(false, true)) {
            // No virtual one: a key store on a disk that hangs would keep a carrier.
            Thread.ofPlatform().daemon().name("audit-trial").start(() -> resume(refused.get()));
        }
    }

    private void resume(String refused) {
        try {
            var _ =
                    append(
                            Event.of(
                                    Actor.system(),
                                    Action.AUDIT_RESUMED,
                                    "",
                                    Outcome.DONE,
                                    "The log takes entries again. " + refused));
        } catch (AuditUnavailableException notYet) {
            // It is tried again.
        } finally {
            trying.set(false);
        }
    }

    /// Reads entries, newest first, and opens their sealed fields.
    ///
    /// @throws AuditUnavailableException if the files cannot be read
    public Page read(Query query) {
        try {
            return reader.read(query, writer.extent());
        } catch (IOException | MalformedEntryException failed) {
            throw new AuditUnavailableException(
                    "The audit log in %s cannot be read: %s. Let it be verified."
                            .formatted(folder, failed.getMessage()),
                    failed);
        }
    }

    /// Reads everything and walks the chain of hashes: no entry was changed, lost or put in. The chain
    /// alone cannot tell that the newest entries were cut off by somebody who also stopped this
    /// program; that needs a witness, which a later version has.
    ///
    /// @throws AuditUnavailableException if the files cannot be read
    public Verification verify() {
        try {
            return new Verifier(folder, writer.extent()).verify();
        } catch (IOException failed) {
            throw new AuditUnavailableException(
                    "The audit log in %s cannot be read: %s. Check its disk."
                            .formatted(folder, failed.getMessage()),
                    failed);
        }
    }

    /// Writes what is on its way, then ends.
    @Override
    public void close() {
        writer.close();
        try {
            lock.close();
        } catch (IOException failed) {
            throw new AuditUnavailableException(
                    "The lock of the audit log in %s could not be let go.".formatted(folder),
                    failed);
        }
    }

    /// The cut tail itself lies beside the segment; a disk that cannot take this entry now must not
    /// keep the recorder from starting.
    private void tellCut(String what) {
        try {
            append(Event.of(Actor.system(), Action.AUDIT_TAIL_CUT, "", Outcome.DONE, what));
        } catch (AuditUnavailableException diskFails) {
            // Nothing is granted until it works again, and the file beside the segment stays.
        }
    }

    private AuditUnavailableException unavailable(String why, @Nullable Throwable cause) {
        fault =
                Optional.of(
                        "The audit log in %s did not take an entry: %s.".formatted(folder, why));
        return new AuditUnavailableException(
                ("The audit log in %s did not take an entry: %s. Until it does, nothing is shown or"
                                + " changed. Check the disk of that folder for space and faults.")
                        .formatted(folder, why),
                cause);
    }

    /// Makes the folder, and those above it, last: a log that promises entries must not be lost with its
    /// folder.
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null) {
            makeFolder(parent);
        }
        Files.createDirectories(folder, OWNER_ONLY);
        if (parent != null) {
            try (var names = FileChannel.open(parent, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /// Two programs that append to one log would make two logs of it.
    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException oursAlready) {
            // Said below.
        }
        channel.close();
        throw new AuditUnavailableException(
                "The audit log in %s is in use by another recorder. Stop that one first."
                        .formatted(folder),
                null);
    }
}
