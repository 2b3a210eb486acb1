package org.custodes.rtsp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connection to a camera. One thread reads and writes; any thread may [#wake] it or close.
///
/// Its socket does not block, for two reasons: a wait has to end by time, by closing and by
/// interruption, and a camera that takes nothing must not hold the thread that writes to it. A wake-up
/// costs one select and one read of up to 128 KiB.
///
/// Pictures that come as datagrams have a pair of ports of their own beside it, in the same selector.
final class Connection implements AutoCloseable {
    /// So many datagrams may follow each other before the connection is looked at again.
    private static final int MOST_DATAGRAMS = 256;

    private final Line line;
    private final Selector selector;
    private final @Nullable CertificatePin certificate;
    private final Demultiplexer demultiplexer = new Demultiplexer();
    private @Nullable Datagrams datagrams;
    private int sinceSelect;
    private boolean byDatagram;
    private boolean readable;
    private long arrivalNanos = System.nanoTime();

    private Connection(Line line, Selector selector, @Nullable CertificatePin certificate) {
        this.line = line;
        this.selector = selector;
        this.certificate = certificate;
    }

    /// Reaches the camera.
    ///
    /// @param authenticator proves who we are where a tunnel asks for it
    /// @throws RtspException if that fails
    static Connection open(
            RtspAddress address,
            Authenticator authenticator,
            SecureRandom random,
            Duration timeout) {
        try {
            var selector = Selector.open();
            try {
                var dialler = new Dialler(address, selector, random, timeout);
                var line =
                        address.transport() == RtspTransport.HTTP
                                ? HttpTunnel.open(address, dialler, authenticator, random)
                                : dialler.dial();
                return new Connection(line, selector, dialler.certificate());
            } catch (IOException | RuntimeException e) {
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw unreachable(e);
        }
    }

    /// Comes to terms with the camera about encryption, and hangs up.
    ///
    /// @throws RtspException if that fails
    static CertificatePin meet(RtspAddress address, SecureRandom random, Duration timeout) {
        try (var selector = Selector.open()) {
            var dialler = new Dialler(address, selector, random, timeout);
            dialler.dial().close();
            return Objects.requireNonNull(dialler.certificate());
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw unreachable(e);
        }
    }

    private static RtspException unreachable(IOException cause) {
        return new RtspException(
                RtspException.Fault.UNREACHABLE,
                "No connection (%s). Check address, port, power and network"
                        .formatted(ServerText.shown(String.valueOf(cause.getMessage()))),
                cause);
    }

    static RtspException interrupted(@Nullable Throwable cause) {
        return new RtspException(
                RtspException.Fault.INTERRUPTED, "Opening it was interrupted", cause);
    }

    /// Waits for the next packet or message.
    ///
    /// @return `NOTHING` at the deadline (of `System.nanoTime`), or earlier if the thread was woken or
    ///     interrupted
    /// @throws RtspException if the camera closed the connection, or sent what cannot be understood
    Demultiplexer.Found next(long deadlineNanos) {
        byDatagram = false;
        var found = demultiplexer.next();
        while (found == Demultiplexer.Found.NOTHING) {
            try {
                if (nextDatagram()) {
                    return Demultiplexer.Found.PACKET;
                }
                if (!line.hasMore() && !await(deadlineNanos)) {
                    return found;
                }
                if (readable || line.hasMore()) {
                    read();
                }
            } catch (ClosedSelectorException closedByAnotherThread) {
                return found;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return found;
                }
                throw ended("The connection broke (%s)".formatted(e.getMessage()), e);
            }
            found = demultiplexer.next();
        }
        return found;
    }

    private boolean nextDatagram() throws IOException {
        var own = datagrams;
        while (own != null && own.mayHaveMore() && sinceSelect < MOST_DATAGRAMS) {
            sinceSelect++;
            if (own.next()) {
                arrivalNanos = System.nanoTime();
                byDatagram = true;
                return true;
            }
        }
        return false;
    }

    /// Waits until the channel or a datagram is ready.
    ///
    /// @return whether it is
    private boolean await(long deadlineNanos) throws IOException {
        // Datagrams of others, which are left aside, may come faster than they can be counted.
        var flooded = sinceSelect == MOST_DATAGRAMS;
        sinceSelect = 0;
        readable = false;
        var left = deadlineNanos - System.nanoTime();
        if (left <= 0 || flooded) {
            return selector.selectNow(this::selected) > 0 && (left > 0 || !flooded);
        }
        // Rounded up: a wait of 0 would be for ever.
        var ready = selector.select(this::selected, left / 1_000_000 + 1);
        return ready > 0 && !Thread.currentThread().isInterrupted();
    }

    private void selected(SelectionKey key) {
        if (key.channel().equals(line.channel())) {
            readable = true;
        } else if (datagrams != null) {
            datagrams.selected(key);
        }
    }

    private void read() throws IOException {
        var count = line.read(demultiplexer.space());
        if (count < 0) {
            throw ended("It closed the connection", null);
        }
        arrivalNanos = System.nanoTime();
        demultiplexer.filled();
    }

    private static RtspException ended(String what, @Nullable Throwable cause) {
        return new RtspException(RtspException.Fault.ENDED_BY_CAMERA, what, cause);
    }

    /// Writes all bytes, or fails: what we send is little, and a camera that has not taken hundreds of
    /// reports before it does not listen any more.
    void send(byte[] bytes) {
        try {
            if (!line.write(ByteBuffer.wrap(bytes))) {
                throw new RtspException(
                        RtspException.Fault.PROTOCOL,
                        "It has not read for so long that nothing more fits into the connection");
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw ended("The connection broke (%s)".formatted(e.getMessage()), e);
        }
    }

    /// What the camera was known by, if it was reached over TLS.
    Optional<CertificatePin> certificate() {
        return Optional.ofNullable(certificate);
    }

    /// Takes ports for pictures that come as datagrams.
    ///
    /// @throws RtspException if none are free
    Datagrams openDatagrams() {
        try {
            var own = (InetSocketAddress) line.channel().getLocalAddress();
            var camera = (InetSocketAddress) line.channel().getRemoteAddress();
            var opened = Datagrams.open(own.getAddress(), camera.getAddress(), selector);
            datagrams = opened;
            return opened;
        } catch (IOException e) {
            throw new RtspException(
                    RtspException.Fault.UNREACHABLE,
                    "No UDP ports for its pictures (%s). Free some, or choose TCP"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /// The camera chose the connection after all.
    void closeDatagrams() {
        var opened = datagrams;
        datagrams = null;
        if (opened != null) {
            opened.close();
        }
    }

    /// How many datagrams came from others than the camera.
    long foreignDatagrams() {
        return datagrams == null ? 0 : datagrams.foreign();
    }

    /// Sends an RTCP packet the way its track takes.
    void report(int toChannel, byte[] rtcp) {
        if (datagrams != null) {
            datagrams.send(toChannel, rtcp);
            return;
        }
        var framed = ByteBuffer.allocate(4 + rtcp.length);
        framed.put((byte) '$').put((byte) toChannel).putShort((short) rtcp.length).put(rtcp);
        send(framed.array());
    }

    /// The message that was found.
    RtspMessage takeMessage() {
        return demultiplexer.takeMessage();
    }

    /// Where the packet came that was found: the interleaved channel, or [Datagrams#RTP] or
    /// [Datagrams#RTCP].
    int channel() {
        return byDatagram && datagrams != null ? datagrams.channel() : demultiplexer.channel();
    }

    /// Where the packet lies that was found, until the next is looked for.
    byte[] buffer() {
        return byDatagram && datagrams != null ? datagrams.buffer() : demultiplexer.buffer();
    }

    int offset() {
        return byDatagram ? 0 : demultiplexer.offset();
    }

    int length() {
        return byDatagram && datagrams != null ? datagrams.length() : demultiplexer.length();
    }

    /// `System.nanoTime` when the bytes arrived that [#next] tells of.
    long arrivalNanos() {
        return arrivalNanos;
    }

    /// Lets a thread that waits in [#next] return.
    void wake() {
        selector.wakeup();
    }

    boolean isOpen() {
        return line.channel().isOpen();
    }

    @Override
    public void close() {
        try (selector;
                line;
                var _ = datagrams) {
            // All are closed whatever the others say.
        } catch (IOException alreadyGone) {
            // Nothing is left to be done with a connection that fails to close.
        }
    }
}
