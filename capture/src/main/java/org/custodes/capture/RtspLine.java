package org.custodes.capture;

import java.util.Optional;
import org.custodes.rtsp.CertificatePin;
import org.custodes.rtsp.Credentials;
import org.custodes.rtsp.FrameReceiver;
import org.custodes.rtsp.RtspAddress;
import org.custodes.rtsp.RtspSession;
import org.custodes.rtsp.RtspSettings;
import org.jspecify.annotations.Nullable;

/// A line to a real camera. It waits.
record RtspLine(RtspSession session) implements CameraLine {

    static CameraLine call(RtspAddress address, @Nullable Credentials credentials) {
        return new RtspLine(RtspSession.open(address, credentials, RtspSettings.DEFAULT));
    }

    @Override
    public Optional<CertificatePin> certificate() {
        return session.facts().certificate();
    }

    @Override
    public boolean receive(FrameReceiver receiver) {
        session.receive(receiver);
        return false;
    }

    @Override
    public void close() {
        session.close();
    }
}
