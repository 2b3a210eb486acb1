package org.custodes.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// TLS over TCP. The bytes of the other side lie in one of two arrays: as they came, or opened.
final class TlsLine implements Line {
    /// A camera that sends records without a byte of content in them holds nobody up for longer.
    private static final int MOST_RECORDS = 64;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer toSend;

    /// Both lie ready to be read.
    private ByteBuffer received;

    private ByteBuffer opened;

    /// Whether what was received breaks off in mid record.
    private boolean incomplete = true;

    TlsLine(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        var session = engine.getSession();
        this.toSend = ByteBuffer.allocate(session.getPacketBufferSize());
        this.received = ByteBuffer.allocate(session.getPacketBufferSize()).limit(0);
        this.opened = ByteBuffer.allocate(session.getApplicationBufferSize()).limit(0);
    }

    /// Waits until the channel can be read.
    interface Waiting {

        /// Returns when it can.
        ///
        /// @throws IOException if it takes too long
        void untilReadable() throws IOException;
    }

    /// Comes to terms with the other side: from then on it has proven that it holds the key of its
    /// certificate.
    void shakeHands(Waiting waiting) throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK, NEED_WRAP -> answer();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!open() || opened.hasRemaining()) {
                        throw new SSLException("it broke off");
                    }
                    if (incomplete) {
                        awaitMore(waiting);
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {}
            }
        }
    }

    private void awaitMore(Waiting waiting) throws IOException {
        var count = receive();
        if (count < 0) {
            throw new SSLException("it closed the connection");
        }
        if (count == 0) {
            waiting.untilReadable();
        }
    }

    /// By what the other side is known again.
    CertificatePin certificate() throws SSLException {
        try {
            return CertificatePin.of(
                    (X509Certificate) engine.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new SSLException("it has no certificate that can be read", e);
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        for (var records = 0; records < MOST_RECORDS; records++) {
            if (opened.hasRemaining()) {
                return handOver(into);
            }
            if (!open()) {
                return -1;
            }
            answer();
            if (incomplete) {
                var count = receive();
                if (count <= 0) {
                    return count;
                }
            }
        }
        return 0;
    }

    private int handOver(ByteBuffer into) {
        var count = Math.min(into.remaining(), opened.remaining());
        into.put(opened.slice(opened.position(), count));
        opened.position(opened.position() + count);
        return count;
    }

    /// Opens the next record, if it is there whole and the last one was taken.
    ///
    /// @return false if the other side has said goodbye
    private boolean open() throws SSLException {
        if (opened.hasRemaining()) {
            return true;
        }
        opened.clear();
        var result = engine.unwrap(received, opened);
        opened.flip();
        incomplete = result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW;
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
        }
        return result.getStatus() != SSLEngineResult.Status.CLOSED;
    }

    /// Reads what came behind what lies there.
    private int receive() throws IOException {
        received.compact();
        try {
            if (!received.hasRemaining()) {
                received = larger(received);
            }
            var count = ReadMemory.read(channel, received);
            incomplete = count <= 0;
            return count;
        } finally {
            received.flip();
        }
    }

    /// The record that came is longer than was agreed at first; the engine knows how long one may be.
    private ByteBuffer larger(ByteBuffer full) throws SSLException {
        var most = engine.getSession().getPacketBufferSize();
        if (most <= full.capacity()) {
            throw new SSLException("it sent a record longer than %d bytes".formatted(most));
        }
        return ByteBuffer.allocate(most).put(full.flip());
    }

    /// Does what the engine wants done before it goes on: sums, and answers to the other side.
    private void answer() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    for (var task = engine.getDelegatedTask();
                            task != null;
                            task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    if (!seal(ByteBuffer.allocate(0))) {
                        throw new IOException("it does not take what it asked for");
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    @Override
    public boolean hasMore() {
        return opened.hasRemaining() || (received.hasRemaining() && !incomplete);
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!seal(bytes)) {
                return false;
            }
        }
        return true;
    }

    /// Seals one record and sends it.
    ///
    /// @return whether the system took it
    private boolean seal(ByteBuffer bytes) throws IOException {
        toSend.clear();
        var result = engine.wrap(bytes, toSend);
        channel.write(toSend.flip());
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && bytes.hasRemaining()) {
            throw new IOException("it has said goodbye");
        }
        return !toSend.hasRemaining();
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    /// Without a word of goodbye: TEARDOWN was one, and another thread may be reading.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
