package org.custodes.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One client's TCP connection. Its writes never wait: what the socket does not take is kept up to a
/// bound, beyond which the client is disconnected. Owned by the loop's thread.
final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress peer;
    private final RequestReader reader = new RequestReader();
    private final Outgoing outgoing = new Outgoing();
    private final Conversation conversation;
    private final Tunnels.Decoder decoder = new Tunnels.Decoder();

    /// Where what comes here belongs, if this is the way up of a tunnel.
    private @Nullable Connection down;

    Connection(SocketChannel channel, Selector selector, Conversation.Host host)
            throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.peer = channel.getRemoteAddress();
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        this.conversation = new Conversation(this, host);
    }

    InetAddress own() {
        return channel.socket().getLocalAddress();
    }

    SocketAddress peer() {
        return peer;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// The socket has something to read or room to write.
    void ready() {
        try {
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            hangUp(); // the client is gone: an everyday end of a connection
        }
    }

    private void read() throws IOException {
        int got;
        do {
            got = channel.read(reader.space());
            converse();
            if (down != null) {
                handDown(down);
            }
        } while (got > 0 && isOpen() && !conversation.isHeld());
        if (got < 0) {
            hangUp();
        }
    }

    /// From now on, what comes here belongs to that connection.
    void leadTo(Connection answers) {
        down = answers;
    }

    private void handDown(Connection answers) {
        try {
            answers.take(decoder.decode(reader.takeRest()));
        } catch (IllegalArgumentException e) {
            hangUp();
        }
    }

    private void take(byte[] bytes) {
        for (int at = 0; at < bytes.length && isOpen(); ) {
            int part = Math.min(reader.space().remaining(), bytes.length - at);
            if (part == 0) {
                reset(); // it holds a request already, and more than fits was sent behind it
                return;
            }
            reader.space().put(bytes, at, part);
            at += part;
            converse();
        }
    }

    /// Answers what has arrived, and what was held while the camera was mute.
    void converse() {
        try {
            conversation.resume();
            while (isOpen() && down == null && !conversation.isHeld()) {
                var incoming = reader.next();
                if (incoming.isEmpty()) {
                    break;
                }
                conversation.take(incoming.get());
            }
        } catch (RequestReader.NotRtspException e) {
            conversation.refuseMalformed();
        }
        if (key.isValid()) {
            watch();
        }
    }

    /// Ends the connection if its session has been idle too long; goes on with what was held.
    void tick(long nowNanos) {
        if (conversation.isExpired(nowNanos)) {
            hangUp();
        } else if (conversation.isHeld()) {
            converse();
        }
    }

    /// Sends whole messages, or keeps them until the socket takes them.
    ///
    /// @param bound how many bytes may wait
    /// @return whether the client is still connected
    boolean send(ByteBuffer bytes, int bound) {
        if (!isOpen()) {
            return false;
        }
        try {
            if (outgoing.isEmpty()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            hangUp();
            return false;
        }
        if (!bytes.hasRemaining()) {
            return true;
        }
        if (!outgoing.hasRoomFor(bytes.remaining(), bound)) {
            reset();
            return false;
        }
        outgoing.add(bytes);
        watch();
        return true;
    }

    private void flush() throws IOException {
        channel.write(outgoing.waiting());
        watch();
    }

    private void watch() {
        int reading = conversation.isHeld() ? 0 : SelectionKey.OP_READ;
        key.interestOps(reading | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }

    /// Ends the connection in the orderly way (FIN).
    void hangUp() {
        conversation.end();
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed to us all the same.
        }
    }

    /// Ends the connection with a reset (RST): what was under way is lost.
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // Already gone; closing is what is left.
        }
        hangUp();
    }
}
