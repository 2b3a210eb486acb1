package org.custodes.register;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Understands what is asked of the register about sites, against what it knows now. Changes nothing.
final class SiteForms {
    private static final int LONGEST_CONTROLLER = 200;

    private final RegisterState state;

    SiteForms(RegisterState state) {
        this.state = state;
    }

    Checked<Draft<Site>> newSite(SiteForm wanted) {
        return site(UUID.randomUUID(), wanted, false);
    }

    private Checked<Draft<Site>> site(UUID id, SiteForm wanted, boolean encryptedBefore) {
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, Form.LONGEST_NAME);
        var zone = zone(form, wanted.zone());
        var country = country(form, wanted.country());
        var controller = form.text("controller", wanted.controller(), 1, LONGEST_CONTROLLER);
        return form.faulty() || zone.isEmpty()
                ? new Checked.Faulty<>(form.faults())
                : new Checked.Fits<>(
                        new Draft<>(
                                new Site(
                                        id,
                                        name,
                                        zone.get(),
                                        country,
                                        controller,
                                        wanted.encryptedOnly().orElse(encryptedBefore))));
    }

    Checked<Draft<Site>> knownSite(UUID id, SiteForm wanted) {
        var known = state.sites().get(id);
        return known == null
                ? new Checked.Faulty<>(List.of(Form.unknown("site")))
                : site(id, wanted, known.encryptedOnly());
    }

    /// IANA zones alone: an offset such as `+02:00` knows no summer.
    private static Optional<ZoneId> zone(Form form, String given) {
        try {
            if (ZoneId.getAvailableZoneIds().contains(given)) {
                return Optional.of(ZoneId.of(given));
            }
        } catch (DateTimeException e) {
            // Said below, with all other unknown zones.
        }
        form.add(
                new Fault(
                        "zone",
                        "form.zone",
                        "'zone' must be an IANA time zone such as Europe/Helsinki.",
                        Map.of()));
        return Optional.empty();
    }

    private static String country(Form form, String given) {
        if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(given)) {
            form.add(
                    new Fault(
                            "country",
                            "form.country",
                            "'country' must be two capital letters of ISO 3166 such as FI.",
                            Map.of()));
        }
        return given;
    }
}
