package org.custodes.viewing;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.custodes.media.Bytes;
import org.custodes.media.CodecConfig;
import org.custodes.media.TrackId;

/// A frame that a viewer may see: opened under a Grant and veiled as the camera's mask plan says
/// (no camera has masks yet; the plan is empty). Only this room makes one.
public final class VeiledFrame {
    private final TrackId track;
    private final Instant wallTime;
    private final long mediaTime;
    private final boolean key;
    private final boolean damaged;
    private final boolean shown;
    private final boolean discontinuity;
    private final Optional<CodecConfig> config;
    private final Bytes data;

    VeiledFrame(
            TrackId track,
            Instant wallTime,
            long mediaTime,
            boolean key,
            boolean damaged,
            boolean shown,
            boolean discontinuity,
            Optional<CodecConfig> config,
            Bytes data) {
        this.track = Objects.requireNonNull(track);
        this.wallTime = Objects.requireNonNull(wallTime);
        this.mediaTime = mediaTime;
        this.key = key;
        this.damaged = damaged;
        this.shown = shown;
        this.discontinuity = discontinuity;
        this.config = Objects.requireNonNull(config);
        this.data = Objects.requireNonNull(data);
    }

    public TrackId track() {
        return track;
    }

    /// The recorder's clock when the frame arrived.
    public Instant wallTime() {
        return wallTime;
    }

    /// The camera's clock in 90 kHz ticks: the order in which frames are shown.
    public long mediaTime() {
        return mediaTime;
    }

    /// Whether decoding can begin here.
    public boolean key() {
        return key;
    }

    /// Whether parts were lost on the way from the camera.
    public boolean damaged() {
        return damaged;
    }

    /// Whether it lies in what was asked for; otherwise it is only needed to decode what does.
    public boolean shown() {
        return shown;
    }

    /// Whether frames are missing before it (a gap, a skip, a seek).
    public boolean discontinuity() {
        return discontinuity;
    }

    /// What the decoder must be told before this key frame; empty if nothing changed.
    public Optional<CodecConfig> config() {
        return config;
    }

    /// The access unit (Annex B), on key frames behind all parameter sets that its GOP needs.
    public Bytes data() {
        return data;
    }
}
