package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.EndSeal;
import org.custodes.vault.KeyStoreUnavailableException;
import org.custodes.vault.Opener;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;

/// Proves one pack: every entry whole, numbers without gap or repeat, slots as declared, times within
/// the day, and with the keys every tag, the count and the hash.
final class PackCheck {
    /// A record of a GOP that began before midnight comes at most this long after it.
    private static final long AFTER_MIDNIGHT = Wall.MINUTE;

    private final Disk disk;
    private final Findings findings;
    private final Optional<Vault> vault;
    private final Path path;

    private final Set<Integer> slots = new HashSet<>();
    private final EndSeal.Tally tally = new EndSeal.Tally();
    private long nextNumber;
    private boolean ended;
    private boolean keyless;

    PackCheck(Disk disk, Findings findings, Optional<Vault> vault, Path path) {
        this.disk = disk;
        this.findings = findings;
        this.vault = vault;
        this.path = path;
    }

    /// Reads the whole pack. Empty if it is none.
    Optional<PackScan> run() throws IOException {
        try (var reader = PackReader.open(disk, path, PackReader.AHEAD)) {
            findings.packs++;
            findings.bytes += reader.size();
            var scan = PackScan.of(reader, reader.size());
            walk(reader, scan);
            return Optional.of(scan);
        } catch (StoreFormatException e) {
            findings.add(path, "pack.unreadable", String.valueOf(e.getMessage()), Findings.RESTORE);
            return Optional.empty();
        }
    }

    private void walk(PackReader reader, PackScan scan) throws IOException {
        var opener = vault.map(keys -> opener(keys, reader.header()));
        try {
            var offset = (long) PackHeader.SIZE;
            while (offset < scan.end()) {
                var head = reader.head(offset, scan.end()).orElseThrow();
                offset = head.end();
                if (!reader.whole(head)) {
                    findings.add(
                            path,
                            "record.damaged",
                            "The entry at offset %d has a wrong checksum".formatted(head.offset()),
                            Findings.RESTORE);
                }
                check(reader, scan, head, opener);
            }
        } finally {
            opener.ifPresent(Opener::shut);
        }
    }

    private static Opener opener(Vault keys, PackHeader header) {
        return keys.opener(
                header.track().camera().value(),
                header.track().mediaClass().number(),
                header.day().atStartOfDay().toInstant(ZoneOffset.UTC),
                header.day().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private void check(
            PackReader reader, PackScan scan, PackReader.Head head, Optional<Opener> opener)
            throws IOException {
        var record = head.record();
        if (ended) {
            wrong("pack.after-end", "An entry follows the END record", head);
        }
        if (record != null) {
            check(reader.header(), record, head);
            open(reader, scan, head, opener);
        } else if (reader.entry(head, scan::index) instanceof PackEntry.Slot(var slot, _)
                && !slots.add(slot)) {
            wrong("pack.slot-twice", "Slot %d is declared twice".formatted(slot), head);
        }
    }

    private void check(PackHeader header, RecordHeader record, PackReader.Head head) {
        findings.records++;
        if (record.number() != nextNumber) {
            wrong(
                    "record.number",
                    "Record %d stands where %d should".formatted(record.number(), nextNumber),
                    head);
        }
        nextNumber = record.number() + 1;
        if (!slots.contains(record.slot())) {
            wrong(
                    "record.slot",
                    "Record %d is of slot %d, which is not declared before it"
                            .formatted(record.number(), record.slot()),
                    head);
        }
        if (record.stream() != header.track().stream()) {
            wrong(
                    "record.stream",
                    "Record %d is of stream %d".formatted(record.number(), record.stream()),
                    head);
        }
        if (!record.end() && !inDay(header.day(), record.wallMicros())) {
            wrong(
                    "record.day",
                    "Record %d is of %s, in a pack of %s"
                            .formatted(
                                    record.number(),
                                    Wall.instant(record.wallMicros()),
                                    header.day()),
                    head);
        }
        ended = record.end();
    }

    private static boolean inDay(LocalDate day, long wall) {
        var start = Wall.startOf(day);
        return wall >= start && wall < start + Wall.DAY + AFTER_MIDNIGHT;
    }

    private void open(
            PackReader reader, PackScan scan, PackReader.Head head, Optional<Opener> opener)
            throws IOException {
        if (opener.isEmpty() || keyless) {
            return;
        }
        try {
            if (reader.entry(head, scan::index) instanceof PackEntry.Recorded(var sealed)) {
                if (!sealed.header().end()) {
                    // Before it is opened: the count is of all records, also of those that do not.
                    tally.add(sealed);
                }
                proveEnd(sealed, opener.get().open(sealed), head);
                findings.opened++;
            }
        } catch (CannotOpenException e) {
            keyless = e.reason() == CannotOpenException.Reason.NO_KEY;
            wrong(
                    keyless ? "pack.keyless" : "record.altered",
                    String.valueOf(e.getMessage()),
                    head);
        } catch (KeyStoreUnavailableException e) {
            keyless = true;
            wrong("pack.keyless", String.valueOf(e.getMessage()), head);
        } catch (StoreFormatException e) {
            wrong("record.slot", String.valueOf(e.getMessage()), head);
        }
    }

    private void proveEnd(Sealed sealed, byte[] plaintext, PackReader.Head head) {
        if (sealed.header().end() && !EndSeal.parse(plaintext).covers(tally)) {
            wrong("pack.end", "The END record does not seal these records", head);
        }
    }

    private void wrong(String kind, String what, PackReader.Head head) {
        findings.add(path, kind, "%s (offset %d)".formatted(what, head.offset()), Findings.RESTORE);
    }
}
