package org.custodes.audit;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/// What of an entry is sealed: who, from where, and every text that a person may have typed.
///
/// @param object the object, if it names a person; else empty and in clear
/// @param purpose the purpose, if it is not a code; else empty and in clear
/// @param caseId the case, if it is not a code; else empty and in clear
record PersonalPart(Actor actor, String text, String object, String purpose, String caseId) {

    byte[] encode() {
        var map = new CborMap();
        actor.person().ifPresent(person -> map.bytes(0, bytes(person)));
        return map.textIfAny(1, actor.name())
                .textIfAny(2, actor.address())
                .textIfAny(3, actor.workstation())
                .textIfAny(4, text)
                .textIfAny(5, object)
                .textIfAny(6, purpose)
                .textIfAny(7, caseId)
                .encode();
    }

    static PersonalPart decode(byte[] encoded) {
        var map = CborMap.decode(encoded);
        var actor =
                new Actor(
                        map.bytesIfAny(0).map(PersonalPart::uuid),
                        map.textIfAny(1).orElse(""),
                        map.textIfAny(2).orElse(""),
                        map.textIfAny(3).orElse(""));
        return new PersonalPart(
                actor,
                map.textIfAny(4).orElse(""),
                map.textIfAny(5).orElse(""),
                map.textIfAny(6).orElse(""),
                map.textIfAny(7).orElse(""));
    }

    /// What a reader sees when the key is gone.
    static PersonalPart expired() {
        var nobody = new Actor(Optional.empty(), Entry.NAME_EXPIRED, "", "");
        return new PersonalPart(nobody, "", "", "", "");
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        if (bytes.length != 16) {
            throw new MalformedEntryException("An id has 16 bytes, but got " + bytes.length);
        }
        var in = ByteBuffer.wrap(bytes);
        return new UUID(in.getLong(), in.getLong());
    }
}
