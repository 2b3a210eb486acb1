package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.anybody;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.custodes.register.Fault;
import org.custodes.rights.Right;
import org.custodes.server.Problem.Kind;

/// Tickets, and the WebSocket that they open.
final class MediaRoutes {
    record TicketKey(@Bounds(min = 1, max = 400) String key) {}

    record TicketView(String ticket, Instant expiresAt) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "TicketView";
        }
    }

    private final Tickets tickets;
    private final MediaSocket socket;

    MediaRoutes(Tickets tickets, MediaSocket socket) {
        this.tickets = tickets;
        this.socket = socket;
    }

    List<Route<?>> list() {
        return List.of(
                post(API + "/tickets", having(Right.OWN_SESSION))
                        .says(
                                "A ticket for the media WebSocket: once, 60 s, for one key. It shows nothing by itself.")
                        .takes(TicketKey.class)
                        .answers(201, TicketView.class)
                        .by(this::issue),
                get(API + "/media", anybody())
                        .says(
                                "The media WebSocket. Whoever opens it shows a ticket before all else.")
                        .by(socket::upgrade));
    }

    private Reply issue(Call call, TicketKey body) {
        var spki = Tickets.bytes(body.key());
        var key = spki.flatMap(Tickets::key);
        if (spki.isEmpty() || key.isEmpty()) {
            return new Reply.Refused(
                    Problem.badInput(
                            List.of(
                                    new Fault(
                                            "key",
                                            "ticket.key",
                                            "It must be an ECDSA P-256 key as SPKI in base64url.",
                                            Map.of()))));
        }
        Optional<Tickets.Issued> issued = tickets.issue(call.session(), spki.get(), key.get());
        return issued.<Reply>map(ticket ->
                        Reply.created(new TicketView(ticket.ticket(), ticket.expiresAt())))
                .orElseGet(() ->
                        new Reply.Refused(
                                Kind.TOO_MANY.because(
                                        "too-many-tickets",
                                        "Too many tickets wait to be used.",
                                        "Use them, or wait a minute.")));
    }
}
