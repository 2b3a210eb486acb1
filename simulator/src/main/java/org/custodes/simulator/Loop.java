package org.custodes.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The one thread that paces all cameras and serves all clients: it sleeps in its selector until a
/// socket is ready, a frame is due or somebody asks. Everything that a camera or connection owns is
/// touched here alone, so nothing needs a lock.
final class Loop implements Conversation.Host {
    private static final long TICK_NANOS = 50_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final RandomGenerator random;
    private final Thread thread;
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    // Owned by the thread
    private final List<SimulatedCamera> cameras = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Packets packets = new Packets();
    private final Tunnels tunnels = new Tunnels();
    private long nextTickNanos = System.nanoTime();

    Loop(ServerSocketChannel server, RandomGenerator random) throws IOException {
        this.server = server;
        this.random = random;
        this.selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        this.thread =
                Thread.ofPlatform().name("simulated cameras").daemon().unstarted(this::runAll);
    }

    void start() {
        thread.start();
    }

    @Override
    public Optional<SimulatedCamera> camera(String path) {
        for (var camera : cameras) {
            if (camera.path().equals(path)) {
                return Optional.of(camera);
            }
        }
        return Optional.empty();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public DatagramOutlet datagrams(Connection connection, int firstPort, int secondPort)
            throws IOException {
        var client = ((InetSocketAddress) connection.peer()).getAddress();
        return DatagramOutlet.open(selector, connection.own(), client, firstPort, secondPort);
    }

    @Override
    public Tunnels tunnels() {
        return tunnels;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    void add(SimulatedCamera camera) {
        call(() -> cameras.add(camera));
    }

    List<SimulatedCamera> all() {
        return List.copyOf(cameras);
    }

    int cameraCount() {
        return ask(cameras::size);
    }

    /// Does it on the loop's thread and returns when it is done.
    void call(Runnable what) {
        ask(() -> {
            what.run();
            return true;
        });
    }

    /// Asks on the loop's thread and waits for the answer.
    <T> T ask(Supplier<T> question) {
        if (Thread.currentThread().threadId() == thread.threadId()) {
            return question.get();
        }
        var answer = new CompletableFuture<T>();
        asked.add(() -> answer.completeAsync(question, Runnable::run));
        selector.wakeup();
        if (closed) {
            answer.completeExceptionally(
                    new IllegalStateException("The simulated cameras are closed"));
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Ends the thread and every connection; returns when that is done.
    void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAll() {
        try (selector;
                server) {
            while (!closed) {
                turn();
            }
            List.copyOf(connections).forEach(Connection::hangUp);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated cameras stopped", e);
        } finally {
            closed = true;
            answerAll();
            cameras.forEach(camera -> camera.log().close());
        }
    }

    private void turn() throws IOException {
        answerAll();
        long wait = nextDue() - System.nanoTime();
        if (wait > 0) {
            selector.select((wait + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        } else {
            selector.selectNow();
        }
        sendDue();
        for (var key : selector.selectedKeys()) {
            if (key.attachment() instanceof Connection connection) {
                connection.ready();
            } else if (key.attachment() instanceof DatagramOutlet datagrams) {
                datagrams.ready();
            } else if (key.isValid() && key.isAcceptable()) {
                accept();
            }
        }
        selector.selectedKeys().clear();
        tick();
    }

    private void answerAll() {
        for (var next = asked.poll(); next != null; next = asked.poll()) {
            next.run();
        }
    }

    private long nextDue() {
        long due = nextTickNanos;
        for (var camera : cameras) {
            due = camera.dueNanos() - due < 0 ? camera.dueNanos() : due;
        }
        return due;
    }

    private void sendDue() {
        for (var camera : cameras) {
            long now = System.nanoTime();
            while (camera.dueNanos() - now <= 0) {
                camera.sendNext(packets, now);
            }
        }
    }

    private void accept() throws IOException {
        var channel = server.accept();
        if (channel == null) {
            return;
        }
        try {
            connections.add(new Connection(channel, selector, this));
        } catch (IOException e) {
            channel.close(); // it was gone before it was served
        }
    }

    private void tick() {
        long now = System.nanoTime();
        if (now - nextTickNanos < 0) {
            return;
        }
        nextTickNanos = now + TICK_NANOS;
        for (var connection : List.copyOf(connections)) {
            connection.tick(now);
        }
        connections.removeIf(connection -> !connection.isOpen());
    }
}
