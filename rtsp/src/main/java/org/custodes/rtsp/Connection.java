package org.custodes.rtsp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The TCP connection to a camera. One thread reads and writes; any thread may [#wake] it or close.
///
/// The socket does not block, for two reasons: a wait has to end by time, by closing and by
/// interruption, and a camera that takes nothing must not hold the thread that writes to it. A wake-up
/// costs one select and one read of up to 128 KiB.
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final Demultiplexer demultiplexer = new Demultiplexer();
    private long arrivalNanos = System.nanoTime();

    private Connection(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    static Connection open(InetSocketAddress address, Duration timeout) {
        try {
            return connected(address, timeout);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw new RtspException(
                    RtspException.Fault.UNREACHABLE,
                    "No connection (%s). Check address, port, power and network"
                            .formatted(ServerText.shown(String.valueOf(e.getMessage()))),
                    e);
        }
    }

    private static Connection connected(InetSocketAddress address, Duration timeout)
            throws IOException {
        var selector = Selector.open();
        SocketChannel channel = null;
        var done = false;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var connection = new Connection(channel, selector);
            connection.connect(address, timeout);
            done = true;
            return connection;
        } finally {
            if (!done) {
                if (channel != null) {
                    channel.close();
                }
                selector.close();
            }
        }
    }

    private void connect(InetSocketAddress address, Duration timeout) throws IOException {
        var key = channel.register(selector, SelectionKey.OP_CONNECT);
        if (!channel.connect(address)) {
            await(System.nanoTime() + timeout.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(null);
            }
            if (!channel.finishConnect()) {
                throw new IOException("no answer within %d ms".formatted(timeout.toMillis()));
            }
        }
        key.interestOps(SelectionKey.OP_READ);
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
        var found = demultiplexer.next();
        while (found == Demultiplexer.Found.NOTHING) {
            try {
                if (!await(deadlineNanos)) {
                    return found;
                }
                read();
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

    /// Waits until the channel is ready.
    ///
    /// @return whether it is
    private boolean await(long deadlineNanos) throws IOException {
        var left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            return selector.selectNow(ready -> {}) > 0;
        }
        // Rounded up: a wait of 0 would be for ever.
        var ready = selector.select(key -> {}, left / 1_000_000 + 1);
        return ready > 0 && !Thread.currentThread().isInterrupted();
    }

    private void read() throws IOException {
        var count = channel.read(demultiplexer.space());
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
            var rest = ByteBuffer.wrap(bytes);
            channel.write(rest);
            if (rest.hasRemaining()) {
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

    /// Where the last packet lies, or whose message was found.
    Demultiplexer found() {
        return demultiplexer;
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
        return channel.isOpen();
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            // Both are closed whatever the other one says.
        } catch (IOException alreadyGone) {
            // Nothing is left to be done with a connection that fails to close.
        }
    }
}
