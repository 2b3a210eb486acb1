package org.custodes.rtsp;

import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Frame;

/// Remembers what a track delivers.
final class Collected implements FrameReceiver {
    final List<Frame> frames = new ArrayList<>();
    final List<Loss> losses = new ArrayList<>();
    final List<CameraClock> clocks = new ArrayList<>();

    @Override
    public void frame(Frame frame) {
        frames.add(frame);
    }

    @Override
    public void loss(Loss loss) {
        losses.add(loss);
    }

    @Override
    public void clock(CameraClock clock) {
        clocks.add(clock);
    }

    long lost(Loss.Kind kind) {
        return losses.stream().filter(l -> l.kind() == kind).mapToLong(Loss::count).sum();
    }
}
