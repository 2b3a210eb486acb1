package org.custodes.access;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.custodes.rights.Assurance;

/// How somebody proved who they are.
///
/// @param credential by what: two people who prove themselves by one are one
/// @param at when
record Proof(Assurance assurance, String credential, Instant at) {

    Proof {
        Objects.requireNonNull(assurance);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(at);
    }

    /// By a password and a code, or by a link that only they have: both are theirs alone.
    static Proof own(Assurance assurance, PersonId person, Instant at) {
        return new Proof(assurance, assurance.code() + "/" + person, at);
    }

    /// By a passkey.
    static Proof passkey(Passkey passkey, Instant at) {
        return new Proof(Assurance.PASSKEY, credential(passkey.id()), at);
    }

    /// How sessions name the passkey that opened them.
    static String credential(UUID passkey) {
        return Assurance.PASSKEY.code() + "/" + passkey;
    }
}
