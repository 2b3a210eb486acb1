package org.custodes.server;

import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/// The Spring context, put together by hand: a web server, one servlet, one filter chain, one table of
/// handlers. Nothing is scanned for, nothing configures itself, and no other room is inside.
final class WebContext {
    private WebContext() {}

    static ServletWebServerApplicationContext of(
            TomcatServletWebServerFactory tomcat,
            ServerSettings settings,
            TlsAuthority authority,
            Rooms rooms,
            InstantSource clock,
            UnaryOperator<List<Route<?>>> changed) {
        var writing = new Writing();
        var looks =
                new LookOpening(rooms.access(), rooms.register(), rooms.capture(), rooms.viewing());
        var tickets = new Tickets(clock, new SecureRandom());
        var partners =
                new MediaConnection.Partners(
                        tickets, looks, new Json(ClientMessage.LARGEST), clock);
        var media = new MediaSocket(wire -> new MediaConnection(wire, partners));
        rooms.capture().listen(media::stateChanged);
        rooms.access().onApprovals(media::approvalsChanged);
        rooms.access().onEmergencies(media::emergenciesChanged);
        var routes =
                new RouteList(
                        changed.apply(Routes.of(settings, rooms, looks, tickets, media, clock)));
        var router = new Router(authority.name(), routes.routes(), rooms.access(), writing);
        var monitor =
                new MonitorRoutes(
                        new Health(rooms.alarms()),
                        new Metrics(rooms, settings.version(), clock),
                        settings.metricsToken());
        var handlers =
                router.handlers()
                        .and(AuthorityRoute.handing(authority))
                        .and(monitor.handlers())
                        .and(new ConsoleFiles(WebContext.class.getClassLoader()).handlers());

        var context = new ServletWebServerApplicationContext();
        bean(context, TomcatServletWebServerFactory.class, () -> tomcat);
        bean(
                context,
                FilterChainProxy.class,
                () -> SecurityChain.of(authority.name(), router, rooms.access(), writing));
        bean(context, RouteList.class, () -> routes);
        bean(context, MediaSocket.class, () -> media);
        bean(context, RouterFunctionMapping.class, () -> new RouterFunctionMapping(handlers));
        bean(context, HandlerFunctionAdapter.class, HandlerFunctionAdapter::new);
        bean(context, HandlerExceptionResolver.class, () -> Broken.resolver(writing));
        bean(context, DispatcherServlet.class, DispatcherServlet::new);
        context.registerBean(
                "servlet",
                ServletRegistrationBean.class,
                () -> servlet(context.getBean(DispatcherServlet.class)));
        context.registerBean(
                "filter",
                FilterRegistrationBean.class,
                () -> filter(context.getBean(FilterChainProxy.class)));
        return context;
    }

    private static <T> void bean(
            ServletWebServerApplicationContext context, Class<T> type, Supplier<T> maker) {
        context.registerBean(type, maker);
    }

    private static ServletRegistrationBean<DispatcherServlet> servlet(DispatcherServlet servlet) {
        var registration = new ServletRegistrationBean<>(servlet, "/");
        registration.setLoadOnStartup(1);
        return registration;
    }

    private static FilterRegistrationBean<FilterChainProxy> filter(FilterChainProxy chain) {
        var registration = new FilterRegistrationBean<>(chain);
        registration.addUrlPatterns("/*");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }
}
