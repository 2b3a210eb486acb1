package org.custodes.register;

import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `register.site`.
final class SiteTable {
    private SiteTable() {}

    static List<Site> all(Handle handle) {
        return handle.createQuery(
                        "select id, name, zone, country, controller, encrypted_only from register.site")
                .map((row, _) ->
                        new Site(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                ZoneId.of(row.getString("zone")),
                                row.getString("country"),
                                row.getString("controller"),
                                row.getBoolean("encrypted_only")))
                .list();
    }

    static void save(Handle handle, Site site, long entry) {
        handle.createUpdate(
                        """
                        insert into register.site (id, name, zone, country, controller, encrypted_only, entry)
                        values (:id, :name, :zone, :country, :controller, :encryptedOnly, :entry)
                        on conflict (id) do update set
                            name = excluded.name, zone = excluded.zone, country = excluded.country,
                            controller = excluded.controller,
                            encrypted_only = excluded.encrypted_only, entry = excluded.entry
                        """)
                .bind("id", site.id())
                .bind("name", site.name())
                .bind("zone", site.zone().getId())
                .bind("country", site.country())
                .bind("controller", site.controller())
                .bind("encryptedOnly", site.encryptedOnly())
                .bind("entry", entry)
                .execute();
    }
}
