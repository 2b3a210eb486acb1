package org.custodes.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.custodes.media.Frame;

/// Keeps what arrives before somebody receives: some cameras send pictures before their answer to PLAY.
final class EarlyFrames implements FrameReceiver {
    private final int mostBytes;
    private final List<Consumer<FrameReceiver>> kept = new ArrayList<>();
    private int bytes;
    private int dropped;

    /// Empty.
    ///
    /// @param mostBytes of pictures that are kept; what comes after them is dropped and counted
    EarlyFrames(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void frame(Frame frame) {
        var size = frame.added().length() + frame.data().length();
        if (dropped > 0 || size > mostBytes - bytes) {
            dropped++;
            return;
        }
        bytes += size;
        kept.add(receiver -> receiver.frame(frame));
    }

    @Override
    public void loss(Loss loss) {
        if (hasRoom()) {
            kept.add(receiver -> receiver.loss(loss));
        }
    }

    @Override
    public void clock(CameraClock clock) {
        if (hasRoom()) {
            kept.add(receiver -> receiver.clock(clock));
        }
    }

    private boolean hasRoom() {
        return kept.size() < 1_000;
    }

    void handOver(FrameReceiver receiver) {
        kept.forEach(event -> event.accept(receiver));
        kept.clear();
        if (dropped > 0) {
            receiver.loss(new Loss(Loss.Kind.FRAMES, dropped));
        }
    }
}
