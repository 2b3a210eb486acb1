package org.custodes.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.custodes.access.Access;
import org.custodes.audit.AuditLog;
import org.custodes.cli.HouseWatch.Concern;
import org.custodes.database.Database;
import org.custodes.keeping.Keeping;
import org.custodes.register.Register;
import org.custodes.signals.AlarmKind;
import org.custodes.store.ClockState;
import org.custodes.store.KernelClock;
import org.custodes.store.Store;
import org.custodes.vault.Vault;

/// What can be wrong with a house that none of its rooms tells by itself.
///
/// @param clock the recorder's
record Concerns(
        HouseSettings settings,
        Vault vault,
        Store store,
        AuditLog audit,
        Database database,
        Register register,
        KernelClock kernelClock,
        Access access,
        Keeping keeping,
        InstantSource clock) {
    static final String DATABASE_NEXT_STEP =
            "Recording goes on; looking back, people and changes wait. If the database does not come"
                    + " back by itself, look at its log.";

    /// A sync is due every 2 s, and a busy disk may take as long for one; a disk that stands still for 5 s
    /// must be told of.
    private static final Duration SYNC_IS_LATE = Duration.ofSeconds(5);

    /// A database on a busy machine, or one that has just been started again, may take as long.
    private static final Duration DATABASE_IS_SILENT = Duration.ofSeconds(10);

    /// All of them, as this house is set up.
    List<Concern> all() {
        var all = new ArrayList<Concern>();
        all.add(
                new Concern(
                        AlarmKind.REGISTER_COPY,
                        register::snapshotFault,
                        "Make room in the data folder, or mend its rights; the copy is renewed by the next change."));
        all.add(
                new Concern(
                        AlarmKind.KEY_STORE_COPY,
                        this::keyStoreFault,
                        "Bring that place back and start the recorder again; until then keys that were destroyed may"
                                + " still be read there."));
        all.add(
                new Concern(
                        AlarmKind.AUDIT_UNAVAILABLE,
                        this::auditFault,
                        "Check the disk of that folder for space and faults; it is tried again every second, and the"
                                + " alarm ends by itself."));
        all.add(
                new Concern(
                        AlarmKind.VOLUME_SYNC_LATE,
                        this::lateSync,
                        "Look for what else uses the disk; the alarm ends with the next sync that is done in time."));
        all.add(
                new Concern(
                        AlarmKind.STORAGE_SHORT,
                        new StorageWatch(keeping, register, store, clock)::cause,
                        "Add a volume, keep footage shorter, or lower the cameras' bit rate."));
        all.add(
                new Concern(
                        AlarmKind.OFFICER_ALONE,
                        this::loneOfficer,
                        "Invite a second security officer, for another person; the alarm ends when their role"
                                + " holds."));
        all.add(
                new Concern(
                                AlarmKind.OFFICER_RECOVERED,
                                this::recoveredOfficer,
                                "Ask who has the root key whether it was they, and why. Whoever came in can be removed by another"
                                        + " security officer.")
                        .with(this::recovered));
        all.add(
                new Concern(
                                AlarmKind.EMERGENCY_TAKEN,
                                this::takenEmergency,
                                "Look under Approvals who took it and why. If there is no emergency, a security officer takes"
                                        + " the role back; the alarm ends with it.")
                        .with(this::taken));
        all.add(
                new Concern(
                                AlarmKind.EMERGENCY_UNREVIEWED,
                                this::unreviewedEmergency,
                                "A data protection officer, an auditor or a security officer reviews it under Approvals; the"
                                        + " alarm ends with that.")
                        .with(this::unreviewed));
        // Somebody who tries a demonstration out has one disk and no time server, and knows it.
        if (!settings.demo()) {
            all.add(
                    new Concern(
                                    AlarmKind.KEY_STORE_SINGLE,
                                    this::singleKeyStore,
                                    "Start with --key-copy and a folder on another disk.")
                            .with(this::onlyKeyStore));
            all.add(
                    new Concern(
                            AlarmKind.CLOCK_FREE,
                            this::freeClock,
                            "Set up a time service on this machine (chrony, systemd-timesyncd); the alarm ends by"
                                    + " itself."));
        }
        all.add(databaseConcern());
        return all;
    }

    private Optional<String> loneOfficer() {
        return access.lonelyOfficer()
                ? Optional.of(
                        "There is one security officer: whatever they give somebody holds after a day although"
                                + " nobody has agreed to it.")
                : Optional.empty();
    }

    private Optional<String> recoveredOfficer() {
        return access.officerRecoveredAt()
                .map(when ->
                        "On %s a security officer was let in anew on the machine itself (custodes recover)."
                                .formatted(when.truncatedTo(ChronoUnit.SECONDS)));
    }

    private Map<String, String> recovered() {
        return access.officerRecoveredAt()
                .map(when -> Map.of("at", when.truncatedTo(ChronoUnit.SECONDS).toString()))
                .orElseGet(Map::of);
    }

    /// Nobody's name: this ends up in the program's log.
    private Optional<String> takenEmergency() {
        var standing = access.standingEmergencies();
        return standing.until()
                .map(until ->
                        "Watching by a role for emergencies: %d. The last of them ends at %s."
                                .formatted(
                                        standing.running(), until.truncatedTo(ChronoUnit.SECONDS)));
    }

    private Map<String, String> taken() {
        var standing = access.standingEmergencies();
        return standing.until()
                .map(until ->
                        Map.of(
                                "running",
                                Integer.toString(standing.running()),
                                "until",
                                until.truncatedTo(ChronoUnit.SECONDS).toString()))
                .orElseGet(Map::of);
    }

    private Optional<String> unreviewedEmergency() {
        var unreviewed = access.standingEmergencies().unreviewed();
        return unreviewed == 0
                ? Optional.empty()
                : Optional.of(
                        "Emergencies that nobody has reviewed within 72 hours: %d. Whoever took them takes"
                                        .formatted(unreviewed)
                                + " nothing again until somebody has.");
    }

    private Map<String, String> unreviewed() {
        return Map.of("unreviewed", Integer.toString(access.standingEmergencies().unreviewed()));
    }

    private Optional<String> keyStoreFault() {
        return vault.copies().stream()
                .filter(copy -> !copy.turned())
                .map(copy ->
                        "The copy of the key store in %s could not be renewed: %s."
                                .formatted(copy.place(), copy.told().orElse("no reason known")))
                .findFirst();
    }

    private Optional<String> auditFault() {
        audit.tryAgain();
        return audit.fault();
    }

    private Optional<String> lateSync() {
        return store.volumes().stream()
                .filter(volume -> volume.unsyncedFor().compareTo(SYNC_IS_LATE) > 0)
                .map(volume ->
                        "What was written to %s in the last %d s is not synced."
                                .formatted(volume.folder(), volume.unsyncedFor().toSeconds()))
                .findFirst();
    }

    private Optional<String> singleKeyStore() {
        return vault.copies().size() > 1
                ? Optional.empty()
                : Optional.of(
                        "The key store is kept in one place only, %s: with that disk all footage is lost."
                                .formatted(vault.copies().getFirst().place()));
    }

    private Map<String, String> onlyKeyStore() {
        return Map.of("folder", vault.copies().getFirst().place().toString());
    }

    private Optional<String> freeClock() {
        return kernelClock.state() == ClockState.FREE
                ? Optional.of(
                        "No time service holds this machine's clock, so the times of recordings are only as good as its"
                                + " quartz.")
                : Optional.empty();
    }

    private Concern databaseConcern() {
        if (settings.outsideDatabase().isPresent()) {
            return new Concern(AlarmKind.DATABASE_AWAY, this::databaseFault, DATABASE_NEXT_STEP);
        }
        // One of its own tells when it goes and comes, but not when it is there and does not
        // answer.
        return new Concern(
                "database.silent",
                AlarmKind.DATABASE_AWAY,
                new Lasting(DATABASE_IS_SILENT, this::databaseSilence, clock)::cause,
                "Recording goes on; looking back, people and changes wait. Look what keeps this machine or the"
                        + " disk of its data folder busy; if nothing does, end the database's process: it is"
                        + " started again.");
    }

    private Optional<String> databaseFault() {
        return database.reachable() ? Optional.empty() : Optional.of("PostgreSQL does not answer.");
    }

    private Optional<String> databaseSilence() {
        return database.silent()
                ? Optional.of(
                        "PostgreSQL runs, and has not answered for %d s."
                                .formatted(DATABASE_IS_SILENT.toSeconds()))
                : Optional.empty();
    }
}
