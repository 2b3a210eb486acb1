package org.custodes.access;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Finds out whose passkey has signed, and uses the signature up. Any thread.
final class PasskeyCheck {
    private final AccessTables tables;
    private final Ceremonies ceremonies;
    private final Challenges challenges;
    private final InstantSource clock;

    PasskeyCheck(
            AccessTables tables,
            Ceremonies ceremonies,
            Challenges challenges,
            InstantSource clock) {
        this.tables = tables;
        this.ceremonies = ceremonies;
        this.challenges = challenges;
        this.clock = clock;
    }

    /// What was found.
    sealed interface Found {

        /// It was this person's, who may sign in.
        record Somebody(Person person, Proof proof) implements Found {}

        /// It proves nothing.
        ///
        /// @param claimed whose passkey it names
        record Nobody(Optional<Person> claimed) implements Found {}

        /// There are two of this passkey.
        record Copied(Person person) implements Found {}
    }

    /// What is known of the passkey that an assertion names.
    private record Named(PasskeyTable.Row passkey, Person person) {}

    /// @param named whether the assertion has to say whose it is, because nobody knows yet
    Found check(Assertion sent, Challenges.Purpose purpose, boolean named) {
        var read = ceremonies.read(sent);
        if (read.isEmpty() || !challenges.take(read.get().challenge(), purpose)) {
            return new Found.Nobody(Optional.empty());
        }
        var signed = read.get();
        return tables.in(handle ->
                        PasskeyTable.byCredential(handle, signed.credential())
                                .flatMap(row ->
                                        PersonTable.byId(handle, row.person())
                                                .map(PersonTable.Row::person)
                                                .filter(one -> one.state() == Person.State.ACTIVE)
                                                .map(person -> new Named(row, person))))
                .map(found -> check(signed, found, named))
                .orElseGet(() -> new Found.Nobody(Optional.empty()));
    }

    private Found check(Ceremonies.Signed signed, Named found, boolean named) {
        var own = Ceremonies.user(found.person().id());
        if (signed.user().isEmpty() ? named : !signed.user().get().equals(own)) {
            return new Found.Nobody(Optional.of(found.person()));
        }
        return switch (ceremonies.verdict(signed, found.passkey())) {
            case Ceremonies.Verdict.Fails() -> new Found.Nobody(Optional.of(found.person()));
            case Ceremonies.Verdict.WentBack() -> new Found.Copied(found.person());
            case Ceremonies.Verdict.Holds(var signatures, var backedUp) ->
                    used(found, signatures, backedUp);
        };
    }

    private Found used(Named found, long signatures, boolean backedUp) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var passkey = found.passkey().passkey();
        return tables.in(
                        handle -> PasskeyTable.use(handle, passkey.id(), signatures, backedUp, now))
                ? new Found.Somebody(found.person(), Proof.passkey(passkey, now))
                : new Found.Nobody(Optional.of(found.person()));
    }
}
