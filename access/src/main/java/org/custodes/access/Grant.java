package org.custodes.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Request;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Opener;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// The right to one look, on record since before it was made (DESIGN I1, I2). Only [Access] makes one.
///
/// It holds an [Opener], not a key: one camera, one class, one interval. [Access] ends it at once when
/// the person signs out, is removed or loses the camera, within two seconds when their session's time
/// is up or their role ends, and within five when the database no longer answers, so that rights can no longer be checked;
/// from then on nothing opens. Any thread.
public final class Grant implements AutoCloseable {
    /// How far before the first shown frame its key frame may lie: the slot rule of DESIGN section 6
    /// seals what belongs to an older key frame under a slot of its own.
    static final Duration LEAD = Duration.ofSeconds(60);

    private final UUID id = UUID.randomUUID();
    private final Session session;
    private final CameraId camera;
    private final MediaClass mediaClass;
    private final LookKind kind;
    private final TimeRange asked;
    private final TimeRange opens;
    private final boolean inEmergency;
    private final Opener opener;
    private final BiFunction<Grant, Instant, Withheld> withholding;
    private final BiConsumer<Grant, Seen> closing;

    // All are guarded by this.
    private Request request;
    private Instant saidLast = Instant.EPOCH;
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable Reason reason;
    private boolean ended;
    private boolean closed;

    Grant(
            Session session,
            Request request,
            CameraId camera,
            MediaClass mediaClass,
            LookKind kind,
            TimeRange asked,
            TimeRange opens,
            boolean inEmergency,
            Opener opener,
            BiFunction<Grant, Instant, Withheld> withholding,
            BiConsumer<Grant, Seen> closing) {
        this.session = session;
        this.request = request;
        this.camera = camera;
        this.mediaClass = mediaClass;
        this.kind = kind;
        this.asked = asked;
        this.opens = opens;
        this.inEmergency = inEmergency;
        this.opener = opener;
        this.withholding = withholding;
        this.closing = closing;
    }

    public CameraId camera() {
        return camera;
    }

    public MediaClass mediaClass() {
        return mediaClass;
    }

    public LookKind kind() {
        return kind;
    }

    /// What was asked for; live, from the opening to the session's end.
    public TimeRange asked() {
        return asked;
    }

    /// From when on footage may be shown: the beginning of what was asked for, or later if the role shows only younger
    /// footage; then it moves on with the clock.
    public Instant from() {
        var later = request().interval().map(TimeRange::start);
        return later.filter(start -> start.isAfter(asked.start())).orElse(asked.start());
    }

    /// Footage of then and later is not shown.
    public Instant until() {
        return asked.end();
    }

    /// Why footage of before [#from] is withheld; that it was asked for is on record.
    ///
    /// @param at when it is of
    public Withheld withheld(Instant at) {
        return withholding.apply(this, at);
    }

    /// What opens: what may be shown and the 60 s before it, so that the key frame before its first frame
    /// can be decoded. What lies before [#from] is decoded and never shown.
    public TimeRange opens() {
        return opens;
    }

    /// The plaintext of a record.
    ///
    /// @throws GrantEndedException when the look is over
    /// @throws CannotOpenException if the record is not of this look, its key is gone, or it was
    ///     altered
    public byte[] open(Sealed sealed) {
        if (ended()) {
            throw new GrantEndedException(endedBy());
        }
        try {
            return opener.open(sealed);
        } catch (CannotOpenException e) {
            if (e.reason() == CannotOpenException.Reason.SHUT) {
                throw new GrantEndedException(endedBy());
            }
            throw e;
        }
    }

    /// Whether the look is over.
    public synchronized boolean ended() {
        return ended;
    }

    /// Why it was taken back; empty while it stands, and if its holder closed it.
    public synchronized Optional<Reason> endedBy() {
        return Optional.ofNullable(reason);
    }

    /// Calls `listener` once when the look is over, at once if it is already; it must not block.
    public void onEnd(Runnable listener) {
        synchronized (this) {
            if (!ended) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /// Ends the look and writes how much was seen. Only the first call counts; to close a look that
    /// was taken back is how what was seen of it reaches the log.
    public void close(Seen seen) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        end(null);
        closing.accept(this, seen);
    }

    /// As [#close(Seen)], for a holder that has shown nothing.
    @Override
    public void close() {
        close(Seen.NOTHING);
    }

    /// Takes the look back.
    void revoke(Reason why) {
        end(why);
    }

    Session session() {
        return session;
    }

    /// Whether it would not have been granted, if it had not been for an emergency.
    boolean inEmergency() {
        return inEmergency;
    }

    /// What was asked for it, and would have to be allowed again.
    synchronized Request request() {
        return request;
    }

    /// Shows that part of it from now on.
    synchronized void narrow(Request part) {
        request = part;
        part.interval().ifPresent(range -> opener.narrow(range.start().minus(LEAD)));
    }

    /// Whether it is so long ago that this was last asked.
    synchronized boolean maySayAgain(Instant now, Duration every) {
        if (now.isBefore(saidLast.plus(every))) {
            return false;
        }
        saidLast = now;
        return true;
    }

    UUID id() {
        return id;
    }

    private void end(@Nullable Reason why) {
        List<Runnable> toTell;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            reason = why;
            toTell = List.copyOf(listeners);
            listeners.clear();
        }
        opener.shut();
        toTell.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "%s look %s at camera %s".formatted(kind.code(), id, camera);
    }
}
