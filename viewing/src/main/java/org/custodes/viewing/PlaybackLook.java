package org.custodes.viewing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.custodes.access.Grant;
import org.custodes.access.GrantEndedException;
import org.custodes.access.Reason;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.store.Cursor;
import org.custodes.store.Item;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// What was recorded of one track, from any moment in either direction. Nothing is read before it is
/// asked for, so that the viewer's pace is the look's pace.
///
/// Going back with all frames, whole GOPs come newest first, each in decoding order; a GOP longer
/// than [#LONGEST_GOP_SHOWN_BACKWARDS] sends its key frame only.
public final class PlaybackLook implements Look {
    /// The longest GOP of which every frame is sent when going back.
    static final Duration LONGEST_GOP_SHOWN_BACKWARDS = Duration.ofSeconds(4);

    private final Grant grant;
    private final Unsealer unsealer;
    private final Cursor cursor;

    private Walk walk = new Walk.Standing();
    private boolean discontinuity = true;
    private boolean closed;

    /// Where the look is going.
    private sealed interface Walk {
        record Standing() implements Walk {}

        /// Before what may be shown: that is told, and then it goes on.
        record Withheld(TimeRange range, Walk next) implements Walk {}

        record Forward(Instant from, boolean keysOnly) implements Walk {}

        /// From key to key.
        record BackByKeys(Instant from) implements Walk {}

        /// Between GOPs: everything at or after `before` was sent or lies after what was asked for.
        record BackByGops(Instant from, Instant before) implements Walk {}

        /// Inside of a GOP: its frames up to `until` (exclusive) are being sent.
        record InGop(Instant from, Instant key, Instant until) implements Walk {}
    }

    PlaybackLook(Grant grant, Unsealer unsealer, Cursor cursor) {
        this.grant = grant;
        this.unsealer = unsealer;
        this.cursor = cursor;
    }

    /// Goes to `at` and from there on forward; what was asked before is forgotten.
    public void forward(Instant at, boolean keysOnly) {
        if (!at.isBefore(grant.until())) {
            walk = new Walk.Standing();
            return;
        }
        var from = grant.from();
        var begin = at.isBefore(from) ? from : at;
        var _ = cursor.toKeyAtOrBefore(begin);
        discontinuity = true;
        var onward = new Walk.Forward(begin, keysOnly);
        walk = at.isBefore(from) ? new Walk.Withheld(new TimeRange(at, from), onward) : onward;
    }

    /// Goes to `wanted` and from there on backwards; what was asked before is forgotten.
    public void backward(Instant wanted, boolean keysOnly) {
        var last = grant.until().minusNanos(1_000);
        var at = wanted.isAfter(last) ? last : wanted;
        var _ = cursor.toKeyAfter(at);
        discontinuity = true;
        walk = keysOnly ? new Walk.BackByKeys(at) : new Walk.BackByGops(at, at.plusNanos(1_000));
        if (at.isBefore(grant.from())) {
            walk = withheld();
        }
    }

    /// What lies before all that is shown; nothing does in what was asked for if all of it is shown.
    private Walk withheld() {
        var start = grant.asked().start();
        return start.isBefore(grant.from())
                ? new Walk.Withheld(new TimeRange(start, grant.from()), new Walk.Standing())
                : new Walk.Standing();
    }

    /// What comes next. Reads at most a few records.
    public LookEvent next() {
        while (true) {
            if (closed || grant.ended()) {
                return new LookEvent.Over();
            }
            try {
                var event = step();
                if (event != null) {
                    return event;
                }
            } catch (GrantEndedException e) {
                return new LookEvent.Over();
            }
        }
    }

    @Override
    public void onEnd(Runnable listener) {
        grant.onEnd(listener);
    }

    @Override
    public Optional<Reason> endedBy() {
        return grant.endedBy();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cursor.close();
            grant.close(unsealer.seen());
        }
    }

    private @Nullable LookEvent step() {
        return switch (walk) {
            case Walk.Standing _ -> new LookEvent.End();
            case Walk.Withheld(var range, var onward) -> {
                walk = onward;
                var why = grant.withheld(range.start());
                yield new LookEvent.Withheld(range, why.reason(), why.askable());
            }
            case Walk.Forward forward -> forwardStep(forward);
            case Walk.BackByKeys back -> keyStep(back);
            case Walk.BackByGops back -> gopStep(back);
            case Walk.InGop inGop -> inGopStep(inGop);
        };
    }

    private @Nullable LookEvent forwardStep(Walk.Forward forward) {
        return switch (forward.keysOnly() ? cursor.nextKey() : cursor.next()) {
            case Item.Stored(var codec, var sealed) ->
                    Unsealer.wallTimeOf(sealed).isBefore(grant.until())
                            ? frame(codec, sealed, isShown(sealed, forward.from()))
                            : end();
            case Item.Gap(var range, var cause) -> gap(range, cause);
            case Item.Edge _ -> new LookEvent.End();
        };
    }

    /// The clock may have passed what was allowed when the walk began.
    private boolean isShown(Sealed sealed, Instant from) {
        var wallTime = Unsealer.wallTimeOf(sealed);
        return !wallTime.isBefore(from) && !wallTime.isBefore(grant.from());
    }

    private @Nullable LookEvent keyStep(Walk.BackByKeys back) {
        return switch (cursor.previousKey()) {
            case Item.Stored(var codec, var sealed) -> {
                var key = Unsealer.wallTimeOf(sealed);
                if (key.isBefore(grant.from())) {
                    walk = withheld();
                    yield null;
                }
                discontinuity = true;
                yield frame(codec, sealed, !key.isAfter(back.from()));
            }
            case Item.Gap(var range, var cause) -> gap(range, cause);
            case Item.Edge _ -> end();
        };
    }

    /// Goes to the key frame before what was sent last. The cursor may stand behind frames that were
    /// sent, so keys at or after `before` are passed over.
    private @Nullable LookEvent gopStep(Walk.BackByGops back) {
        return switch (cursor.previousKey()) {
            case Item.Stored(var _, var sealed) -> {
                var key = Unsealer.wallTimeOf(sealed);
                if (!back.before().isAfter(grant.from())) {
                    walk = withheld();
                } else if (key.isBefore(back.before())) {
                    discontinuity = true;
                    walk = new Walk.InGop(back.from(), key, back.before());
                }
                yield null;
            }
            case Item.Gap(var range, var cause) ->
                    range.end().isAfter(back.before()) ? null : gap(range, cause);
            case Item.Edge _ -> end();
        };
    }

    private @Nullable LookEvent inGopStep(Walk.InGop gop) {
        if (!(cursor.next() instanceof Item.Stored(var codec, var sealed))) {
            walk = new Walk.BackByGops(gop.from(), gop.key());
            return null;
        }
        var wallTime = Unsealer.wallTimeOf(sealed);
        var isKey = wallTime.equals(gop.key());
        if (!isKey && (sealed.header().key() || !wallTime.isBefore(gop.until()))) {
            walk = new Walk.BackByGops(gop.from(), gop.key());
            return null;
        }
        var length = Duration.between(gop.key(), gop.until());
        if (length.compareTo(LONGEST_GOP_SHOWN_BACKWARDS) > 0) {
            walk = new Walk.BackByGops(gop.from(), gop.key());
        }
        return frame(
                codec, sealed, !wallTime.isAfter(gop.from()) && !wallTime.isBefore(grant.from()));
    }

    /// The frame, or the gap that stands for it when it cannot be opened.
    private @Nullable LookEvent frame(Codec codec, Sealed sealed, boolean shown) {
        if (sealed.header().end()) {
            return null;
        }
        try {
            var frame = unsealer.open(codec, sealed, shown, discontinuity);
            discontinuity = false;
            return new LookEvent.Frame(frame);
        } catch (CannotOpenException e) {
            var at = Unsealer.wallTimeOf(sealed);
            var cause =
                    e.reason() == CannotOpenException.Reason.NO_KEY
                            ? GapCause.EXPIRED
                            : GapCause.UNREADABLE;
            return gap(new TimeRange(at, at.plusMillis(1)), cause);
        }
    }

    private LookEvent gap(TimeRange range, GapCause cause) {
        discontinuity = true;
        return new LookEvent.Gap(range, cause);
    }

    private LookEvent end() {
        walk = new Walk.Standing();
        return new LookEvent.End();
    }
}
