package org.custodes.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.custodes.access.Template;
import org.custodes.rights.Right;

/// Somebody who asks: of a role, with none left, or not signed in.
///
/// @param name for a complaint
/// @param role empty if they have none
record Caller(String name, Optional<Template> role, boolean signedIn, Client client) {

    /// One of every kind. The operator has `camera` and no other.
    static List<Caller> all(House house, String camera) {
        var all = new ArrayList<Caller>();
        for (var role : Template.values()) {
            var client =
                    role.has(Right.PLAY_BACK)
                            ? house.newcomers()
                                    .with(role, "has one camera as " + role.code(), camera)
                            : house.as(role);
            all.add(new Caller(role.code(), Optional.of(role), true, client));
        }
        all.add(
                new Caller(
                        "no role left",
                        Optional.empty(),
                        true,
                        house.newcomers().roleless("has no role left")));
        all.add(nobody(house));
        return all;
    }

    static Caller nobody(House house) {
        return new Caller("nobody", Optional.empty(), false, house.client());
    }

    boolean is(Template template) {
        return role.filter(template::equals).isPresent();
    }

    Caller at(HttpServer server) {
        return new Caller(name, role, signedIn, client.at(server.address()));
    }
}
