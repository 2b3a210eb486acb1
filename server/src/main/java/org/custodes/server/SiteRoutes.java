package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Route.put;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.util.List;
import java.util.UUID;
import org.custodes.access.Act;
import org.custodes.register.Register;
import org.custodes.register.Site;
import org.custodes.register.SiteForm;
import org.custodes.rights.Right;

/// Places with cameras.
final class SiteRoutes {
    record SiteView(
            UUID id,
            String name,
            String zone,
            String country,
            String controller,
            boolean encryptedOnly) {
        static SiteView of(Site site) {
            return new SiteView(
                    site.id(),
                    site.name(),
                    site.zone().getId(),
                    site.country(),
                    site.controller(),
                    site.encryptedOnly());
        }
    }

    private final Register register;
    private final Changes changes;

    SiteRoutes(Register register, Changes changes) {
        this.register = register;
        this.changes = changes;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/sites", having(Right.LIST_SITES))
                        .says("All sites, by name.")
                        .answersItems(SiteView.class)
                        .by(_ -> sites()),
                put(API + "/sites/{id}", having(Right.CONFIGURE_SITES))
                        .says("Changes a site.")
                        .takes(SiteForm.class)
                        .answers(SiteView.class)
                        .by(this::change));
    }

    private Reply sites() {
        return Reply.items(register.sites().stream().map(SiteView::of).toList());
    }

    private Reply change(Call call, SiteForm form) {
        var id = call.id("id");
        if (register.site(id).isEmpty()) {
            return new Reply.Refused(Problem.notFound());
        }
        return changes.make(
                call.session(),
                register.checkSite(id, form),
                act(id, ""),
                draft -> act(id, told(draft.value())),
                register::saveSite,
                site -> Reply.ok(SiteView.of(site)));
    }

    private static String told(Site site) {
        return "%s, %s, %s, %s, %s"
                .formatted(
                        site.name(),
                        site.zone(),
                        site.country(),
                        site.controller(),
                        site.encryptedOnly()
                                ? "encrypted cameras only"
                                : "cameras in the clear too");
    }

    private static Act act(UUID id, String text) {
        return new Act(Act.Kind.CHANGE_SITE, "site/" + id, text);
    }
}
