package org.custodes.capture;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.register.Changed;
import org.custodes.register.Device;
import org.custodes.rtsp.CertificatePin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// By which certificate a device is known: by the register's word, or, while that has none, by the one
/// that it showed first. What was shown first is handed to the register, with an entry in the log; if
/// log or database do not answer, it stands here and is handed over again every ten minutes, and at the next meeting.
///
/// Any thread; no thread that receives pictures waits for log or database.
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Roster roster;
    private final AuditLog audit;
    private final Executor later;
    private final Map<UUID, CertificatePin> seenFirst = new ConcurrentHashMap<>();

    /// What the register has not taken yet.
    private final Map<UUID, CertificatePin> unpinned = new ConcurrentHashMap<>();

    /// Nobody was met yet.
    ///
    /// @param later does what may wait for a disk or the database
    Certificates(Roster roster, AuditLog audit, Executor later) {
        this.roster = roster;
        this.audit = audit;
        this.later = later;
    }

    Optional<CertificatePin> of(Device device) {
        return device.pinnedCertificate()
                .map(pinned -> new CertificatePin(pinned.sha256()))
                .or(() -> Optional.ofNullable(seenFirst.get(device.id())));
    }

    /// A device was met and showed this.
    ///
    /// @return by what it is known: another one if another of its streams was first
    CertificatePin met(Device device, CertificatePin shown) {
        // Asked anew: while this camera was called another of its streams may have been first.
        var now = roster.device(device.id());
        if (now.pinnedCertificate().isPresent()) {
            return of(now).orElse(shown);
        }
        var first = seenFirst.putIfAbsent(device.id(), shown);
        var known = first == null ? shown : first;
        pinLater(now, known);
        return known;
    }

    /// Hands over what neither log nor database took so far.
    void handOver() {
        unpinned.forEach((id, pin) -> pin(roster.device(id), pin));
    }

    private void pinLater(Device device, CertificatePin shown) {
        try {
            later.execute(() -> pin(device, shown));
        } catch (RejectedExecutionException stopping) {
            // The recorder ends; after the next start the device is met again.
        }
    }

    /// Somebody accepted another one, or the first one is in the register now.
    void changed(Device device) {
        device.pinnedCertificate()
                .ifPresentOrElse(
                        pinned -> seenFirst.put(device.id(), new CertificatePin(pinned.sha256())),
                        () -> seenFirst.remove(device.id()));
        unpinned.remove(device.id());
    }

    private void pin(Device device, CertificatePin shown) {
        unpinned.put(device.id(), shown);
        try {
            if (roster.device(device.id()).pinnedCertificate().isPresent()) {
                unpinned.remove(device.id());
                return;
            }
            var text = "%s is known by the certificate %s".formatted(device.host(), shown.shown());
            var receipt =
                    audit.append(
                            Event.of(
                                    Actor.system(),
                                    Action.CERTIFICATE_PINNED,
                                    "device/" + device.id(),
                                    Outcome.DONE,
                                    text));
            if (roster.pinCertificate(device.id(), shown.sha256(), receipt)
                    instanceof Changed.Unavailable<Device>) {
                LOG.warn("The certificate of device {} is not in the register yet", device.id());
            }
        } catch (AuditUnavailableException e) {
            LOG.warn("The certificate of device {} is not on record yet", device.id(), e);
        }
    }
}
