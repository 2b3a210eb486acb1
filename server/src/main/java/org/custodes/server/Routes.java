package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Who.anybody;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Everything that the server answers to below `/api/v1`: one list. What is not here has no handler.
final class Routes {
    static final String API = "/api/v1";

    private Routes() {}

    static List<Route<?>> of(
            ServerSettings settings,
            Rooms rooms,
            LookOpening looks,
            Tickets tickets,
            MediaSocket media,
            InstantSource clock) {
        var changes = new Changes(rooms.access());
        var routes = new ArrayList<Route<?>>();
        var signIns = new SignInRoutes(settings, rooms.access(), clock);
        routes.addAll(signIns.list());
        routes.addAll(new PasskeyRoutes(rooms.access(), signIns).list());
        routes.addAll(new PairingRoutes(rooms.access()).list());
        routes.addAll(new SiteRoutes(rooms.register(), changes).list());
        routes.addAll(new GroupRoutes(rooms.access()).list());
        routes.addAll(new CameraRoutes(rooms, changes, clock).list());
        routes.addAll(new TimelineRoutes(rooms.viewing(), looks).list());
        routes.addAll(new MediaRoutes(tickets, media).list());
        routes.addAll(new WallRoutes(rooms.register(), changes).list());
        routes.addAll(new PeopleRoutes(rooms.access()).list());
        routes.addAll(new RoleRoutes(rooms.access()).list());
        routes.addAll(new OwnRoutes(rooms.access(), rooms.audit()).list());
        routes.addAll(new ApprovalRoutes(rooms.access()).list());
        routes.addAll(new EmergencyRoutes(rooms.access()).list());
        routes.addAll(new SightRoutes(rooms.access(), clock).list());
        routes.addAll(new AuditRoutes(rooms.audit(), rooms.access()).list());
        routes.addAll(new ReplayRoutes(rooms.access()).list());
        routes.addAll(new AlarmRoutes(rooms.alarms(), rooms.access(), clock).list());
        routes.addAll(new StorageRoutes(rooms, clock).list());
        routes.addAll(new SystemRoutes(rooms, clock).list());
        var document = new OpenApi(settings.version());
        routes.add(
                get(API + "/openapi.json", anybody())
                        .says("This description, made from the list of routes.")
                        .by(_ -> Reply.ok(document.of(routes))));
        return List.copyOf(routes);
    }
}
