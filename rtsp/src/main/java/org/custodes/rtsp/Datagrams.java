package org.custodes.rtsp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// A pair of UDP ports for one track: an even one for pictures, the next one for reports (RFC 3550
/// section 11). Only what comes from the camera's own address is taken.
final class Datagrams implements AutoCloseable {
    static final int RTP = 0;
    static final int RTCP = 1;

    /// As many ports are tried until two neighbours are free.
    private static final int MOST_TRIES = 64;

    /// Room for a key frame that comes at once; the system gives less where it is set up so.
    private static final int RECEIVE_BUFFER = 4 << 20;

    private static final int LONGEST = 65_535;

    private final InetAddress camera;
    private final DatagramChannel[] channels;
    private final SelectionKey[] keys;
    private final boolean[] ready = new boolean[2];
    private final int[] cameraPorts = new int[2];
    private final ByteBuffer received = ByteBuffer.allocate(LONGEST);
    private int channel;
    private long foreign;

    private Datagrams(InetAddress camera, DatagramChannel[] channels, SelectionKey[] keys) {
        this.camera = camera;
        this.channels = channels;
        this.keys = keys;
    }

    /// Takes two ports of the address that the camera is reached from, so that nobody on another
    /// network of this machine can send to them.
    static Datagrams open(InetAddress own, InetAddress camera, Selector selector)
            throws IOException {
        for (var tries = 0; tries < MOST_TRIES; tries++) {
            var pair = pair(own);
            if (pair != null) {
                var keys = new SelectionKey[2];
                for (var i = 0; i < 2; i++) {
                    pair[i].configureBlocking(false);
                    keys[i] = pair[i].register(selector, SelectionKey.OP_READ);
                }
                return new Datagrams(camera, pair, keys);
            }
        }
        throw new IOException("no two neighbouring UDP ports are free");
    }

    private static DatagramChannel @Nullable [] pair(InetAddress own) throws IOException {
        var first = bound(own, 0);
        var port = ((InetSocketAddress) first.getLocalAddress()).getPort();
        try {
            if (port % 2 == 0) {
                return new DatagramChannel[] {first, bound(own, port + 1)};
            }
        } catch (IOException taken) {
            // The next try has other ports.
        }
        first.close();
        return null;
    }

    private static DatagramChannel bound(InetAddress own, int port) throws IOException {
        var family =
                own instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6;
        var channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            return channel.bind(new InetSocketAddress(own, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Our port for pictures; reports go to the one above.
    int port() {
        return channels[RTP].socket().getLocalPort();
    }

    /// From now on our packets go to these ports of the camera, and open the way for its own where a
    /// firewall lets answers in alone. 0 is unknown: then nothing is sent.
    void sendTo(int rtpPort, int rtcpPort) {
        cameraPorts[RTP] = rtpPort;
        cameraPorts[RTCP] = rtcpPort;
        // The head of an RTP packet without a payload, as other clients send it.
        send(RTP, new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }

    /// Sends if that is possible: a report that is lost does no harm.
    void send(int to, byte[] bytes) {
        if (cameraPorts[to] == 0) {
            return;
        }
        try {
            channels[to].send(
                    ByteBuffer.wrap(bytes), new InetSocketAddress(camera, cameraPorts[to]));
        } catch (IOException unreachable) {
            // The silence that follows is found, and told with its cause.
        }
    }

    /// Takes note of what a selector found.
    void selected(SelectionKey key) {
        for (var i = 0; i < 2; i++) {
            ready[i] |= keys[i].equals(key);
        }
    }

    /// Receives one datagram of the camera.
    ///
    /// @return whether one was there
    boolean next() throws IOException {
        return receive(RTCP) || receive(RTP);
    }

    private boolean receive(int from) throws IOException {
        if (!ready[from]) {
            return false;
        }
        received.clear();
        var sender = (InetSocketAddress) channels[from].receive(received);
        ready[from] = sender != null;
        if (sender == null) {
            return false;
        }
        if (!sender.getAddress().equals(camera)) {
            foreign++;
            return false;
        }
        channel = from;
        return true;
    }

    /// Whether more may be there, without a look at the selector.
    boolean mayHaveMore() {
        return ready[RTP] || ready[RTCP];
    }

    /// Which of the two ports the last datagram came to.
    int channel() {
        return channel;
    }

    byte[] buffer() {
        return received.array();
    }

    int length() {
        return received.position();
    }

    /// How many datagrams came from other addresses than the camera's.
    long foreign() {
        return foreign;
    }

    @Override
    public void close() {
        try (var _ = channels[RTP];
                var _ = channels[RTCP]) {
            // Both are closed whatever the other one says.
        } catch (IOException alreadyGone) {
            // Nothing is left to be done with a port that fails to close.
        }
    }
}
