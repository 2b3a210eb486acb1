package org.custodes.server;

import java.util.concurrent.Executors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;

/// The web server's settings: TLS 1.3 and nothing below, limits on everything a stranger can send or
/// leave open, a virtual thread for each request, and no word about what it is made of.
final class ServingTomcat {
    private static final String BUNDLE = "server";

    /// Room for a wall of 64 viewers with several connections each, on top of curious strangers.
    private static final int MOST_CONNECTIONS = 2_000;

    private static final int QUEUED_CONNECTIONS = 100;
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int MOST_HEADERS = 60;

    /// A time line of 64 cameras names each in its query.
    private static final int MOST_PARAMETERS = 100;

    /// From connect to the request's first line, and between two packets of it.
    private static final int SILENT_MILLIS = 10_000;

    private static final int KEEP_ALIVE_MILLIS = 60_000;
    private static final int REQUESTS_PER_CONNECTION = 1_000;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();

    /// A factory that Spring starts the server with.
    TomcatServletWebServerFactory factory(ServerSettings settings, TlsAuthority.Leaf leaf) {
        bundles.registerBundle(BUNDLE, bundle(leaf));
        var factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(settings.listen());
        factory.setSslBundles(bundles);
        factory.setSsl(Ssl.forBundle(BUNDLE));
        factory.setShutdown(Shutdown.IMMEDIATE);
        factory.setRegisterDefaultServlet(false);
        factory.addConnectorCustomizers(ServingTomcat::limit);
        factory.addContextCustomizers(context -> {
            context.addServletContainerInitializer(new WsSci(), null);
            ((StandardHost) context.getParent())
                    .setErrorReportValveClass(PlainErrors.class.getName());
        });
        return factory;
    }

    /// Serves new connections with this certificate; those that stand keep theirs.
    void renew(TlsAuthority.Leaf leaf) {
        bundles.updateBundle(BUNDLE, bundle(leaf));
    }

    private static SslBundle bundle(TlsAuthority.Leaf leaf) {
        return SslBundle.of(
                SslStoreBundle.of(leaf.keyStore(), null, null),
                SslBundleKey.of(""),
                SslOptions.of(null, new String[] {"TLSv1.3"}));
    }

    private static void limit(Connector connector) {
        connector.setXpoweredBy(false);
        connector.setAllowTrace(false);
        connector.setMaxParameterCount(MOST_PARAMETERS);
        connector.setMaxPostSize(0);
        connector.setProperty("maxConnections", "" + MOST_CONNECTIONS);
        connector.setProperty("acceptCount", "" + QUEUED_CONNECTIONS);
        var handler = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        handler.setExecutor(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("request-", 0).factory()));
        handler.setMaxHttpHeaderSize(HEADER_BYTES);
        handler.setMaxHeaderCount(MOST_HEADERS);
        handler.setConnectionTimeout(SILENT_MILLIS);
        handler.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
        handler.setMaxKeepAliveRequests(REQUESTS_PER_CONNECTION);
        // Nothing that we refused to read is read only to be thrown away.
        handler.setMaxSwallowSize(Body.LARGEST);
        handler.setMaxSavePostSize(0);
    }
}
