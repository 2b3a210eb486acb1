package org.custodes.signals;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every fault that this product can tell of. The code stands in the API, in the history's file and in
/// the console's catalogues: it never changes and is never reused.
public enum AlarmKind {
    /// No answer, or the camera hung up.
    CAMERA_AWAY("camera.away", Part.CAMERAS, Severity.CRITICAL),
    /// The connection stood, and no picture came.
    CAMERA_SILENT("camera.silent", Part.CAMERAS, Severity.CRITICAL),
    /// It answered and said no: no such stream, a codec that is not recorded.
    CAMERA_REFUSED("camera.refused", Part.CAMERAS, Severity.CRITICAL),
    CAMERA_PASSWORD("camera.password", Part.CAMERAS, Severity.CRITICAL),
    /// It shows another certificate than the one that it is known by.
    CAMERA_CERTIFICATE("camera.certificate", Part.CAMERAS, Severity.CRITICAL),
    /// Its site takes encrypted cameras only.
    CAMERA_ENCRYPTION("camera.encryption", Part.CAMERAS, Severity.CRITICAL),
    CAMERA_FRAMES_LOST("camera.frames-lost", Part.CAMERAS, Severity.WARNING),
    RECORDING_FAILED("recording.failed", Part.CAMERAS, Severity.CRITICAL),
    VOLUME_FULL("volume.full", Part.STORAGE, Severity.CRITICAL),
    /// A write or a sync failed; fenced until a trial write is seen to last.
    VOLUME_FAILED("volume.failed", Part.STORAGE, Severity.CRITICAL),
    VOLUME_READ_ONLY("volume.read-only", Part.STORAGE, Severity.CRITICAL),
    /// The queue in memory is full: whole GOPs are dropped.
    VOLUME_SLOW("volume.slow", Part.STORAGE, Severity.CRITICAL),
    /// More than the promised 2 s would be lost by a power cut.
    VOLUME_SYNC_LATE("volume.sync-late", Part.STORAGE, Severity.WARNING),
    VOLUME_UNRECOVERED("volume.unrecovered", Part.STORAGE, Severity.WARNING),
    /// What is recorded will not fit for as long as it is to be kept.
    STORAGE_SHORT("storage.short", Part.STORAGE, Severity.WARNING),
    DATABASE_AWAY("database.away", Part.DATABASE, Severity.CRITICAL),
    REGISTER_COPY("register.copy", Part.DATABASE, Severity.WARNING),
    KEY_STORE_COPY("key-store.copy", Part.KEYS, Severity.CRITICAL),
    KEY_STORE_SINGLE("key-store.single", Part.KEYS, Severity.WARNING),
    CLOCK_FREE("clock.free", Part.CLOCK, Severity.WARNING),
    CLOCK_STEPPED("clock.stepped", Part.CLOCK, Severity.WARNING),
    AUDIT_UNAVAILABLE("audit.unavailable", Part.AUDIT, Severity.CRITICAL),
    KEEPING_SWEEP_FAILED("keeping.sweep-failed", Part.KEEPING, Severity.CRITICAL),
    KEEPING_CLOCK_LEAPT("keeping.clock-leapt", Part.KEEPING, Severity.WARNING),
    /// There is one security officer, and nobody who agrees to what they give.
    OFFICER_ALONE("officer.alone", Part.SERVER, Severity.WARNING),
    /// A security officer was let in anew on the machine itself, lately.
    OFFICER_RECOVERED("officer.recovered", Part.SERVER, Severity.WARNING),
    /// Somebody sees by a role for emergencies what they may not see else.
    EMERGENCY_TAKEN("emergency.taken", Part.SERVER, Severity.WARNING),
    /// Nobody has reviewed an emergency in time.
    EMERGENCY_UNREVIEWED("emergency.unreviewed", Part.SERVER, Severity.WARNING),
    ALARM_HISTORY_FAILED("alarm-history.failed", Part.SERVER, Severity.WARNING),
    ;

    /// How bad it is.
    public enum Severity {
        /// Footage is being lost, or what protects it is.
        CRITICAL("critical"),
        /// It will be, if nobody looks.
        WARNING("warning");

        private final String code;

        Severity(String code) {
            this.code = code;
        }

        /// The word of the API.
        public String code() {
            return code;
        }
    }

    /// What of the recorder a fault is a fault of: all that somebody who is not signed in is told.
    public enum Part {
        CAMERAS("cameras"),
        STORAGE("storage"),
        DATABASE("database"),
        KEYS("keys"),
        CLOCK("clock"),
        AUDIT("audit"),
        KEEPING("keeping"),
        SERVER("server");

        private final String code;

        Part(String code) {
            this.code = code;
        }

        /// The word of the API.
        public String code() {
            return code;
        }
    }

    private static final Map<String, AlarmKind> BY_CODE =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(AlarmKind::code, Function.identity()));

    private final String code;
    private final Part part;
    private final Severity severity;

    AlarmKind(String code, Part part, Severity severity) {
        this.code = code;
        this.part = part;
        this.severity = severity;
    }

    /// The dotted word of the API.
    public String code() {
        return code;
    }

    public Part part() {
        return part;
    }

    public Severity severity() {
        return severity;
    }

    /// The kind with this code; empty if this version knows none.
    public static Optional<AlarmKind> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
