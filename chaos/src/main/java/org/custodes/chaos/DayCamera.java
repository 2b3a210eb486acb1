package org.custodes.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.custodes.capture.CameraLine;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.FramePayload;
import org.custodes.mishap.SimulatedClock;
import org.custodes.rtsp.CertificatePin;
import org.custodes.rtsp.FrameReceiver;
import org.custodes.rtsp.Loss;
import org.custodes.rtsp.RtspException;
import org.custodes.rtsp.RtspSettings;
import org.jspecify.annotations.Nullable;

/// A camera that is not there: it makes a frame when it is told to, sends it down its line if one stands,
/// and does what its faults are.
final class DayCamera {
    /// Frames from one key frame to the next.
    static final int GOP = 5;

    private static final long SILENCE_NANOS = RtspSettings.DEFAULT.silence().toNanos();
    private static final int LARGEST = 500;

    private final int number;
    private final SimulatedClock clock;
    private final SplittableRandom random;
    final DayLog log;

    private @Nullable Line line;
    private int frames;
    private boolean large;

    // What is wrong with it, by the monotonic clock.
    private long silentUntil = Long.MIN_VALUE;
    private long awayUntil = Long.MIN_VALUE;
    private long refusesUntil = Long.MIN_VALUE;
    private int toDrop;
    private boolean toFail;
    private Duration clockOff = Duration.ZERO;
    private long ticksOff;

    DayCamera(int number, int mostFrames, SimulatedClock clock, SplittableRandom random) {
        this.number = number;
        this.clock = clock;
        this.random = random;
        this.log = new DayLog(mostFrames);
    }

    /// Somebody calls it.
    CameraLine call() {
        var nanos = clock.getAsLong();
        if (nanos < awayUntil) {
            throw new RtspException(RtspException.Fault.UNREACHABLE, "Made: nobody answers");
        }
        if (nanos < refusesUntil) {
            throw new RtspException(RtspException.Fault.WRONG_CREDENTIALS, "Made: it says no");
        }
        var called = new Line(nanos);
        line = called;
        return called;
    }

    /// Nobody listens any more.
    void forgotten() {
        line = null;
    }

    /// Begins to do it, for so long.
    void begin(DayFault.Kind kind, Duration lasts) {
        var until = clock.getAsLong() + lasts.toNanos();
        switch (kind) {
            case SILENT -> silentUntil = until;
            case RESET -> reset();
            case AWAY -> {
                awayUntil = until;
                reset();
            }
            case REFUSES -> {
                refusesUntil = until;
                reset();
            }
            case DROPS -> toDrop = 1 + random.nextInt(GOP);
            case CAMERA_CLOCK -> {
                clockOff = Duration.ofMinutes(random.nextInt(-600, 600));
                ticksOff += random.nextLong(1L << 33);
            }
            case SIZE -> large = !large;
            case ERROR -> toFail = true;
            default -> throw new IllegalArgumentException("No camera does " + kind);
        }
    }

    private void reset() {
        var standing = line;
        if (standing != null) {
            standing.broken = true;
        }
    }

    /// The next frame is made, and sent if a line stands.
    void frame() {
        var frame = make(frames++);
        var standing = line;
        var sends = standing != null && standing.stands() && clock.getAsLong() >= silentUntil;
        log.made(crc(frame), frame.arrivalNanos(), clock.instant(), sends);
        if (standing != null && sends) {
            standing.waiting.add(frame);
        }
    }

    private Frame make(int index) {
        var key = index % GOP == 0;
        var size = 60 + random.nextInt(LARGEST);
        var unit = new byte[9 + Machine.CLEAR_TEXT.length + size];
        unit[3] = 1;
        unit[4] = (byte) (key ? 0x65 : 0x41);
        unit[5] = (byte) 0x88;
        unit[6] = (byte) 0x84;
        unit[7] = (byte) (1 + number);
        System.arraycopy(Machine.CLEAR_TEXT, 0, unit, 9, Machine.CLEAR_TEXT.length);
        // No zeros: nothing in it may look like a start code.
        unit[8] = 1;
        for (var at = 9 + Machine.CLEAR_TEXT.length; at < unit.length; at++) {
            unit[at] = (byte) (1 + random.nextInt(255));
        }
        // Frames are told from each other by their number, in seven bits a byte.
        var mark = 9 + Machine.CLEAR_TEXT.length;
        for (var part = 0; part < 4; part++) {
            unit[mark + part] = (byte) (0x80 | ((index >> (7 * part)) & 0x7F));
        }
        return new Frame(
                Codec.H264,
                key ? Bytes.of(MadePicture.sets(large)) : Bytes.empty(),
                Bytes.of(unit),
                key,
                false,
                ticksOff + clock.getAsLong() / 1_000_000 * 90,
                clock.instant().plus(clockOff),
                clock.getAsLong());
    }

    /// The number of a frame, by its bytes as they are played.
    static int numberOf(byte[] decodable) {
        var at = indexOf(decodable) + Machine.CLEAR_TEXT.length;
        var index = 0;
        for (var part = 0; part < 4; part++) {
            index |= (decodable[at + part] & 0x7F) << (7 * part);
        }
        return index;
    }

    private static int indexOf(byte[] decodable) {
        var first = Machine.CLEAR_TEXT[0];
        for (var at = 0; at + Machine.CLEAR_TEXT.length + 4 <= decodable.length; at++) {
            if (decodable[at] == first && standsAt(decodable, at)) {
                return at;
            }
        }
        throw new BrokenPromiseException("A frame is played that no camera made");
    }

    private static boolean standsAt(byte[] decodable, int at) {
        var text = Machine.CLEAR_TEXT;
        return Arrays.equals(decodable, at, at + text.length, text, 0, text.length);
    }

    private static int crc(Frame frame) {
        var crc = new CRC32C();
        crc.update(FramePayload.decodable(joined(FramePayload.parts(frame.added(), frame.data()))));
        return (int) crc.getValue();
    }

    private static byte[] joined(byte[][] parts) {
        var length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var all = new byte[length];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// A connection to it.
    private final class Line implements CameraLine {
        private final Deque<Frame> waiting = new ArrayDeque<>();
        private long lastNanos;
        private boolean broken;
        private boolean closed;

        Line(long nanos) {
            lastNanos = nanos;
        }

        boolean stands() {
            return !closed && !broken;
        }

        @Override
        public Optional<CertificatePin> certificate() {
            return Optional.empty();
        }

        @Override
        public boolean receive(FrameReceiver receiver) {
            while (!closed && !waiting.isEmpty()) {
                var frame = waiting.removeFirst();
                lastNanos = frame.arrivalNanos();
                if (toDrop > 0) {
                    toDrop--;
                    log.dropped(DayCamera.numberOf(frame.data().array()));
                    receiver.loss(new Loss(Loss.Kind.FRAMES, 1));
                } else {
                    receiver.frame(frame);
                }
            }
            if (closed) {
                return false;
            }
            if (toFail) {
                toFail = false;
                throw new AssertionError("Made: an Error in the program that reads a camera");
            }
            if (broken) {
                throw new RtspException(RtspException.Fault.ENDED_BY_CAMERA, "Made: it hung up");
            }
            if (clock.getAsLong() - lastNanos >= SILENCE_NANOS) {
                throw new RtspException(RtspException.Fault.SILENT, "Made: nothing came for 5 s");
            }
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /// When a frame was made, as the recorder writes it.
    static Instant stamp(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1_000);
    }
}
