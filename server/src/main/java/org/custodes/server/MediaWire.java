package org.custodes.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/// The sending side of one WebSocket: one message at a time, in turn. A sender waits while the viewer
/// is slow; that is how the viewer's pace reaches the look. Any thread that may wait.
class MediaWire {
    private final WebSocketSession socket;

    /// Fair, so that a channel with much to send does not starve the others.
    private final ReentrantLock turn = new ReentrantLock(true);

    MediaWire(WebSocketSession socket) {
        this.socket = socket;
    }

    /// @throws IOException if the other side is gone
    void send(String text) throws IOException {
        turn.lock();
        try {
            socket.sendMessage(new TextMessage(text));
        } finally {
            turn.unlock();
        }
    }

    /// @throws IOException if the other side is gone
    void send(ByteBuffer bytes) throws IOException {
        turn.lock();
        try {
            socket.sendMessage(new BinaryMessage(bytes));
        } finally {
            turn.unlock();
        }
    }

    /// Asks whether the other side is there, unless something is being sent: that will tell, too.
    void ping() throws IOException {
        if (turn.tryLock()) {
            try {
                socket.sendMessage(new PingMessage());
            } finally {
                turn.unlock();
            }
        }
    }

    void close(CloseStatus status) {
        try {
            socket.close(status);
        } catch (IOException gone) {
            // It is closed, then.
        }
    }
}
