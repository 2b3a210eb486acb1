package org.custodes.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// A pair of UDP ports through which one client is sent a camera's packets, pictures to one of its
/// ports and reports to the next. What the system does not take is lost, as datagrams are. Owned by the
/// loop's thread.
final class DatagramOutlet {
    private static final int RTCP_RECEIVER_REPORT = 201;

    private final DatagramChannel pictures;
    private final DatagramChannel reports;
    private final InetSocketAddress picturesTo;
    private final InetSocketAddress reportsTo;
    private final ByteBuffer received = ByteBuffer.allocate(2048);
    private Runnable onReceiverReport = () -> {};

    private DatagramOutlet(
            DatagramChannel pictures,
            DatagramChannel reports,
            InetSocketAddress picturesTo,
            InetSocketAddress reportsTo) {
        this.pictures = pictures;
        this.reports = reports;
        this.picturesTo = picturesTo;
        this.reportsTo = reportsTo;
    }

    /// Takes two ports of its own; they need not be neighbours, for the client is told both.
    static DatagramOutlet open(
            Selector selector, InetAddress own, InetAddress client, int firstPort, int secondPort)
            throws IOException {
        var pictures = DatagramChannel.open().bind(new InetSocketAddress(own, 0));
        var reports = DatagramChannel.open().bind(new InetSocketAddress(own, 0));
        var outlet =
                new DatagramOutlet(
                        pictures,
                        reports,
                        new InetSocketAddress(client, firstPort),
                        new InetSocketAddress(client, secondPort));
        pictures.configureBlocking(false);
        reports.configureBlocking(false);
        reports.register(selector, SelectionKey.OP_READ, outlet);
        return outlet;
    }

    int picturesPort() {
        return pictures.socket().getLocalPort();
    }

    int reportsPort() {
        return reports.socket().getLocalPort();
    }

    InetSocketAddress client() {
        return picturesTo;
    }

    void onReceiverReport(Runnable what) {
        onReceiverReport = what;
    }

    void sendPicture(ByteBuffer packet) {
        send(pictures, packet, picturesTo);
    }

    void sendReport(ByteBuffer packet) {
        send(reports, packet, reportsTo);
    }

    private static void send(DatagramChannel from, ByteBuffer packet, InetSocketAddress to) {
        try {
            from.send(packet, to);
        } catch (IOException e) {
            // Nobody hears it: lost, as datagrams are.
        }
    }

    /// Takes what a client reports.
    void ready() {
        try {
            for (received.clear(); reports.receive(received) != null; received.clear()) {
                if (received.position() > 1 && (received.get(1) & 0xff) == RTCP_RECEIVER_REPORT) {
                    onReceiverReport.run();
                }
            }
        } catch (IOException e) {
            // A client that is gone is found by its connection.
        }
    }

    void close() {
        try (pictures;
                reports) {
            // Both are closed whatever the other one says.
        } catch (IOException e) {
            // They are closed to us all the same.
        }
    }
}
