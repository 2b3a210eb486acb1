package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.custodes.media.TrackId;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.CatalogueEntry.Ended;
import org.custodes.vault.Vault;

/// Proves one volume: packs first, then that the catalogue tells what they are, then that the
/// summaries tell what the catalogue says. Repairs in the same order.
final class VolumeCheck {
    private static final Set<String> OWN =
            Set.of("FORMAT", "volume", "lock", "trial", "open", "packs", "catalogue");

    private final Disk disk;
    private final Layout layout;
    private final Catalogue catalogue;
    private final UUID id;
    private final Findings findings;
    private final Optional<Vault> vault;
    private final boolean repair;
    private final Map<UUID, Path> everywhere;

    private final Map<TrackId, Map<LocalDate, Map<UUID, PackScan>>> scans = new LinkedHashMap<>();
    private final Set<UUID> open = new HashSet<>();

    /// @param everywhere the packs that were met so far, on any volume
    VolumeCheck(
            Disk disk,
            Layout layout,
            UUID id,
            Findings findings,
            Optional<Vault> vault,
            boolean repair,
            Map<UUID, Path> everywhere) {
        this.disk = disk;
        this.layout = layout;
        this.id = id;
        this.catalogue = new Catalogue(disk, layout, id);
        this.findings = findings;
        this.vault = vault;
        this.repair = repair;
        this.everywhere = everywhere;
    }

    /// Checks, and repairs if asked to.
    ///
    /// @param running whether a recorder has the volume: its open packs are its own business
    void run(boolean running) throws IOException {
        checkNames(layout.root(), OWN);
        checkOpen(running);
        checkPacks();
        for (var track : tracks()) {
            checkTrack(track);
        }
    }

    private void checkNames(Path folder, Set<String> known) throws IOException {
        for (var name : disk.names(folder)) {
            // What a crash left of a small file that was being written is written over by the next.
            if (!known.contains(name) && !known.contains(withoutAside(name))) {
                stray(folder.resolve(name));
            }
        }
    }

    private static String withoutAside(String name) {
        return name.endsWith(Disk.ASIDE)
                ? name.substring(0, name.length() - Disk.ASIDE.length())
                : name;
    }

    private void stray(Path path) {
        findings.add(
                path,
                "stray",
                "This does not belong in a volume",
                "Look what it is, and move it elsewhere. The recorder does not touch it.");
    }

    private void checkOpen(boolean running) throws IOException {
        for (var name : disk.names(layout.openFolder())) {
            var path = layout.openFolder().resolve(name);
            var parsed = Layout.OpenName.parse(name);
            if (parsed.isEmpty()) {
                stray(path);
            } else if (running) {
                open.add(parsed.get().pack());
            } else if (repair) {
                var touched = new HashSet<Path>();
                new Recovery(disk, layout, catalogue).end(parsed.get(), touched);
                touched.addAll(catalogue.beginSync());
                disk.sync(layout.root(), touched);
                disk.remove(path);
                findings.repaired(path, "pack.open", "A killed recorder had left it open");
            } else {
                open.add(parsed.get().pack());
                findings.add(
                        path,
                        "pack.open",
                        "A killed recorder left this pack open",
                        "Start the recorder, which ends it, or run `custodes check --repair`.");
            }
        }
    }

    private void checkPacks() throws IOException {
        for (var dayName : disk.names(layout.packs())) {
            var day = Layout.day(dayName);
            if (day.isEmpty()) {
                stray(layout.packs().resolve(dayName));
                continue;
            }
            for (var trackName : disk.names(layout.packs(day.get()))) {
                var track = Layout.track(trackName);
                if (track.isEmpty()) {
                    stray(layout.packs(day.get()).resolve(trackName));
                    continue;
                }
                checkPacks(day.get(), track.get());
            }
        }
    }

    private void checkPacks(LocalDate day, TrackId track) throws IOException {
        for (var name : disk.names(layout.packs(day, track))) {
            var path = layout.packs(day, track).resolve(name);
            var pack = Layout.packOf(name);
            if (pack.isEmpty()) {
                stray(path);
            } else if (!open.contains(pack.get())) {
                checkPack(path, day, track, pack.get());
            }
        }
    }

    private void checkPack(Path path, LocalDate day, TrackId track, UUID pack) throws IOException {
        var twin = everywhere.putIfAbsent(pack, path);
        if (twin != null) {
            findings.add(
                    path,
                    "pack.twice",
                    "%s is the same pack".formatted(twin),
                    "Keep one of the two; if they differ, keep both and ask for help: a record's"
                            + " number may have been used twice.");
        }
        var scan = new PackCheck(disk, findings, vault, path).run();
        if (scan.isEmpty()) {
            return;
        }
        var header = scan.get().header();
        if (!header.packId().equals(pack)
                || !header.day().equals(day)
                || !header.track().equals(track)) {
            findings.add(
                    path,
                    "pack.misplaced",
                    "By its header it is pack %s of %s, %s"
                            .formatted(
                                    Layout.hex(header.packId()),
                                    Layout.name(header.track()),
                                    header.day()),
                    "Move it to where its header says.");
            return;
        }
        scans.computeIfAbsent(track, _ -> new TreeMap<>())
                .computeIfAbsent(day, _ -> new LinkedHashMap<>())
                .put(pack, scan.get());
        checkTail(path, scan.get());
    }

    /// A tail that was cut off is cut at the last whole entry. Where the catalogue knows key frames
    /// behind a bad place, it is no tail: then nothing is cut.
    private void checkTail(Path path, PackScan scan) throws IOException {
        if (scan.fault().isEmpty()) {
            return;
        }
        var what = scan.fault().get();
        var listed = listed(scan.header()).map(Ended::index).orElse(PackIndex.EMPTY);
        if (listed.firstKeyFrom(scan.end()) >= 0) {
            findings.add(path, "pack.damaged", what, Findings.RESTORE);
        } else if (repair) {
            try (var file = disk.edit(path)) {
                file.truncate(scan.end());
            }
            findings.repaired(path, "pack.torn", what);
        } else {
            findings.add(path, "pack.torn", what, Findings.REPAIR);
        }
    }

    private Optional<Ended> listed(PackHeader header) throws IOException {
        return Optional.ofNullable(
                        catalogue.day(header.track(), header.day()).packs().get(header.packId()))
                .flatMap(listed -> Optional.ofNullable(listed.ended()));
    }

    private Set<TrackId> tracks() throws IOException {
        var tracks = new HashSet<>(scans.keySet());
        for (var name : disk.names(layout.catalogue())) {
            var track = Layout.track(name);
            if (track.isEmpty()) {
                stray(layout.catalogue().resolve(name));
            } else {
                tracks.add(track.get());
            }
        }
        return tracks;
    }

    private void checkTrack(TrackId track) throws IOException {
        var found = scans.getOrDefault(track, Map.of());
        var days = new TreeSet<>(found.keySet());
        days.addAll(catalogue.days(track));
        var known = new HashSet<>(Set.of(Layout.SUMMARY));
        for (var day : days) {
            known.add(day + Layout.DAY_SUFFIX);
            checkDay(track, day, found.getOrDefault(day, Map.of()));
        }
        checkNames(layout.catalogue(track), known);
        checkSummary(track);
    }

    private void checkDay(TrackId track, LocalDate day, Map<UUID, PackScan> found)
            throws IOException {
        var path = layout.day(track, day);
        CatalogueDay listed;
        var wrong = new ArrayList<String>();
        try {
            listed = catalogue.day(track, day);
            if (listed.damaged() > 0 || disk.size(path) > listed.end()) {
                wrong.add(
                        "%d entries are damaged, and the last whole one ends at %d of %d"
                                .formatted(listed.damaged(), listed.end(), disk.size(path)));
            }
        } catch (StoreFormatException e) {
            listed = CatalogueDay.empty();
            wrong.add(String.valueOf(e.getMessage()));
        }
        wrong.addAll(differences(listed, found));
        if (wrong.isEmpty()) {
            return;
        }
        if (repair) {
            catalogue.replace(track, day, rebuilt(listed, found));
            wrong.forEach(what -> findings.repaired(path, "catalogue", what));
        } else {
            wrong.forEach(what -> findings.add(path, "catalogue", what, Findings.REPAIR));
        }
    }

    private List<String> differences(CatalogueDay listed, Map<UUID, PackScan> found) {
        var wrong = new ArrayList<String>();
        for (var scan : found.values()) {
            var entry = listed.packs().get(scan.header().packId());
            if (entry == null || entry.ended() == null) {
                wrong.add("It does not tell the end of pack " + scan.header().packId());
            } else if (!entry.header().equals(scan.header())
                    || !entry.ended().equals(ended(scan, listed))) {
                wrong.add(
                        "Of pack %s it tells %s, but the pack has %d records in %d bytes"
                                .formatted(
                                        scan.header().packId(),
                                        entry.ended(),
                                        scan.records(),
                                        scan.end()));
            }
        }
        for (var entry : listed.packs().values()) {
            var pack = entry.header().packId();
            var none = entry.ended() != null && entry.ended().records() == 0;
            if (!found.containsKey(pack) && !none && !open.contains(pack)) {
                wrong.add("It tells of pack %s, which is not there".formatted(pack));
            }
        }
        return wrong;
    }

    private static Ended ended(PackScan scan, CatalogueDay listed) {
        var known = Optional.ofNullable(listed.packs().get(scan.header().packId()));
        return Recovery.ended(scan, known);
    }

    private List<CatalogueEntry> rebuilt(CatalogueDay listed, Map<UUID, PackScan> found) {
        var entries = new ArrayList<CatalogueEntry>();
        var gaps = new TreeMap<Long, CatalogueEntry.Gap>();
        var steps = new HashSet<>(listed.steps());
        var scans = new ArrayList<>(found.values());
        scans.sort((a, b) -> PackView.PLAYED.compare(a.header(), b.header()));
        for (var scan : scans) {
            for (var note : scan.notes()) {
                if (note instanceof CatalogueEntry.Gap gap) {
                    gaps.put(gap.since(), gap);
                } else if (note instanceof CatalogueEntry.Step step) {
                    steps.add(step);
                }
            }
            if (!scan.ended()
                    && scan.records() > 0
                    && Recovery.ended(scan).equals(ended(scan, listed))) {
                gaps.put(scan.lastWall() + 1, Recovery.killed(scan));
            }
            entries.add(new Begun(scan.header()));
            entries.add(ended(scan, listed));
        }
        // What was noted outside of packs is known to the catalogue alone, as far as it can be
        // read.
        gaps.putAll(listed.gaps());
        entries.addAll(gaps.values());
        entries.addAll(steps);
        return entries;
    }

    private void checkSummary(TrackId track) throws IOException {
        var path = layout.summary(track);
        var should = new TreeMap<LocalDate, DaySummary>();
        var unreadable = new HashSet<LocalDate>();
        for (var day : catalogue.days(track)) {
            try {
                var listed = catalogue.day(track, day);
                if (listed.packs().values().stream().anyMatch(pack -> pack.ended() != null)) {
                    should.put(day, DaySummary.of(day, listed));
                }
            } catch (StoreFormatException toldAlready) {
                unreadable.add(day);
            }
        }
        var file = new SummaryFile(disk, path, track, id);
        var wrong = new HashMap<LocalDate, String>();
        try {
            var is = file.days();
            if (disk.size(path) > 0 && disk.size(path) != DaySummary.SIZE * (1L + is.size())) {
                wrong.put(LocalDate.MIN, "It has places that cannot be read");
            }
            var all = new TreeSet<>(should.keySet());
            all.addAll(is.keySet());
            all.removeAll(unreadable);
            for (var day : all) {
                if (!Optional.ofNullable(should.get(day))
                        .equals(Optional.ofNullable(is.get(day)))) {
                    wrong.put(
                            day, "The summary of %s is not what its catalogue says".formatted(day));
                }
            }
        } catch (StoreFormatException e) {
            wrong.put(LocalDate.MIN, String.valueOf(e.getMessage()));
        }
        if (repair && !wrong.isEmpty()) {
            file.replace(should);
        }
        for (var what : wrong.values()) {
            if (repair) {
                findings.repaired(path, "summary", what);
            } else {
                findings.add(path, "summary", what, Findings.REPAIR);
            }
        }
    }
}
