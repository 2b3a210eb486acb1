package org.custodes.server;

import java.util.List;

/// The list of routes that this server was started with, as a bean: a test reads it.
record RouteList(List<Route<?>> routes) {
    RouteList {
        routes = List.copyOf(routes);
    }
}
