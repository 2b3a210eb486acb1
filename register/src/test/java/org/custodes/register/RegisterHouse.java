package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.house.HeldClock;
import org.custodes.house.Tables;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// A register over a real database, vault and log, with one site in it.
final class RegisterHouse implements AutoCloseable {
    final HeldClock clock = new HeldClock();
    final Vault vault;
    final AuditLog audit;
    final Path snapshot;
    final Register register;
    final Site site;

    RegisterHouse(Path folder, Database database) {
        Tables.empty(database, "register");
        var random = new SecureRandom();
        vault =
                Vault.open(
                        List.of(folder.resolve("keys")),
                        RootKey.file(folder.resolve("root.key")),
                        random);
        audit = AuditLog.open(folder.resolve("audit"), vault, clock, random);
        snapshot = folder.resolve("register.sealed");
        register = open(database);
        site = addSite();
    }

    /// Another register over the same vault and copy, as after a restart.
    Register open(Database database) {
        return Register.open(database, vault, snapshot, rules(), clock);
    }

    static AddressRules rules() {
        return new AddressRules(
                Set.of(),
                name -> {
                    if (name.equals("lobby.example") || name.equals("same-lobby.example")) {
                        return List.of(InetAddress.ofLiteral("192.0.2.77"));
                    }
                    throw new UnknownHostException(name);
                });
    }

    private Site addSite() {
        var form = new SiteForm("Depot", "Europe/Helsinki", "FI", "Example Oy");
        return done(register.saveSite(fits(register.checkNewSite(form)), receipt()));
    }

    Receipt receipt() {
        return audit.append(
                Event.of(Actor.system(), Action.CAMERA_ADDED, "", Outcome.DONE, "a test"));
    }

    Camera added(NewCamera wanted) {
        return done(register.addCamera(fits(register.checkNew(wanted)), receipt()));
    }

    static NewCamera camera(String name, String address) {
        return new NewCamera(
                name,
                Optional.empty(),
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "burglary at night",
                "indoor",
                Optional.empty());
    }

    static <T> T fits(Checked<T> checked) {
        if (checked instanceof Checked.Fits<T>(var value)) {
            return value;
        }
        throw new AssertionError("Does not fit: " + checked);
    }

    static <T> List<Fault> faults(Checked<T> checked) {
        assertThat(checked).isInstanceOf(Checked.Faulty.class);
        return checked instanceof Checked.Faulty<T>(var faults) ? faults : List.of();
    }

    static <T> T done(Changed<T> changed) {
        if (changed instanceof Changed.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("Not done: " + changed);
    }

    @Override
    public void close() {
        register.close();
        audit.close();
        vault.close();
    }
}
