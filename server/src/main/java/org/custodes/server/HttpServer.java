package org.custodes.server;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The door, standing open until it is closed.
///
/// The certificate is renewed while the server runs: connections that stand keep the old one, new
/// ones get the new one.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long RENEWAL_CHECK_MINUTES = 10;

    private final ServerSettings settings;
    private final TlsAuthority authority;
    private final InstantSource clock;
    private final ServingTomcat tomcat = new ServingTomcat();
    private final ServletWebServerApplicationContext context;
    private final ScheduledExecutorService renewal =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("certificate-renewal").factory());

    /// Guarded by this.
    private TlsAuthority.Leaf leaf;

    private HttpServer(
            ServerSettings settings,
            TlsAuthority authority,
            Rooms rooms,
            InstantSource clock,
            UnaryOperator<List<Route<?>>> routes) {
        this.settings = settings;
        this.authority = authority;
        this.clock = clock;
        leaf = authority.issue();
        context =
                WebContext.of(
                        tomcat.factory(settings, leaf), settings, authority, rooms, clock, routes);
    }

    /// Starts it and returns when it answers.
    ///
    /// @throws CannotListenException if the port is taken, or not this user's to take
    public static HttpServer start(
            ServerSettings settings, TlsAuthority authority, Rooms rooms, InstantSource clock) {
        return start(settings, authority, rooms, clock, UnaryOperator.identity());
    }

    /// Starts it with other routes than its own, for the test that takes their guards away.
    static HttpServer start(
            ServerSettings settings,
            TlsAuthority authority,
            Rooms rooms,
            InstantSource clock,
            UnaryOperator<List<Route<?>>> routes) {
        var server = new HttpServer(settings, authority, rooms, clock, routes);
        try {
            server.context.refresh();
        } catch (RuntimeException failed) {
            server.renewal.shutdownNow();
            throw CannotListenException.of(settings, failed).orElseThrow(() -> failed);
        }
        var _ =
                server.renewal.scheduleAtFixedRate(
                        server::renewIfDueAndGoOn,
                        RENEWAL_CHECK_MINUTES,
                        RENEWAL_CHECK_MINUTES,
                        TimeUnit.MINUTES);
        return server;
    }

    /// The port it listens on.
    public int port() {
        var web = context.getWebServer();
        return web == null ? settings.port() : web.getPort();
    }

    /// The address that people open.
    public URI address() {
        return URI.create("https://%s:%d/".formatted(settings.name(), port()));
    }

    /// Takes a new certificate if the old one is near its end.
    synchronized void renewIfDue() {
        if (!clock.instant().isBefore(leaf.renewAt())) {
            leaf = authority.issue();
            tomcat.renew(leaf);
        }
    }

    private void renewIfDueAndGoOn() {
        try {
            renewIfDue();
        } catch (RuntimeException fault) {
            // Tried again in ten minutes, for days, before the old one ends.
            LOG.error("The server's certificate could not be renewed", fault);
        }
    }

    /// The handler table, for the test that compares it with the list.
    ServletWebServerApplicationContext context() {
        return context;
    }

    /// Ends every connection and stops listening.
    @Override
    public void close() {
        renewal.shutdownNow();
        context.close();
    }
}
