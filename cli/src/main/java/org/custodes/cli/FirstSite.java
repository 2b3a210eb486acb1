package org.custodes.cli;

import java.time.ZoneId;
import java.util.Locale;
import org.custodes.audit.Action;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.SiteForm;

/// Every camera stands at a site, so a new installation begins with one; the administrator gives it
/// its real name, country and controller.
final class FirstSite {
    private static final String SOMEWHERE = "DE";

    private FirstSite() {}

    /// Makes the first site if there is none: in the machine's time zone, called `name`.
    static void ensure(House house, String name, String controller) {
        var register = house.register();
        if (!register.sites().isEmpty() || register.fromSnapshot()) {
            return;
        }
        var country = Locale.getDefault().getCountry();
        var form =
                new SiteForm(
                        name,
                        ZoneId.systemDefault().getId(),
                        country.length() == 2 ? country : SOMEWHERE,
                        controller);
        switch (register.checkNewSite(form)) {
            case Checked.Faulty(var faults) ->
                    throw new IllegalStateException("The first site is refused: " + faults);
            case Checked.Fits(var draft) -> {
                var receipt = house.onRecord(Action.SITE_CHANGED, "site", "first site: " + name);
                if (!(register.saveSite(draft, receipt) instanceof Changed.Done)) {
                    throw new CannotStartException(
                            "The first site could not be kept: the database does not answer.");
                }
            }
        }
    }
}
