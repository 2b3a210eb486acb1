package org.custodes.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.custodes.media.Bytes;

/// An entry as it lies on the disk: what is in clear, and the sealed rest (`docs/formats/audit.md`).
///
/// @param time by the recorder's clock, in whole microseconds since 1970
record StoredEntry(
        long index,
        Instant time,
        Optional<Duration> timeError,
        Alias alias,
        String action,
        String object,
        Optional<String> purpose,
        Optional<String> caseId,
        Optional<Bytes> decision,
        Outcome outcome,
        Bytes sealed) {

    private static final long VERSION = 1;

    /// What may stand in clear in purpose and case: a code, which nobody types by hand.
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /// What may stand in clear in the object: a kind and ids, but not the id of a person.
    private static final Pattern OBJECT =
            Pattern.compile("(?!person)[a-z-]{1,32}(/[A-Za-z0-9._-]{1,64}){0,3}");

    /// The part in clear of an event that becomes an entry; [#sealed] is still empty.
    static StoredEntry of(Event event, long index, Instant time, Alias alias) {
        return new StoredEntry(
                index,
                time,
                Optional.empty(),
                alias,
                event.action().code(),
                isClear(event.object()) ? event.object() : "",
                event.purpose().filter(StoredEntry::isCode),
                event.caseId().filter(StoredEntry::isCode),
                event.decision(),
                event.outcome(),
                Bytes.empty());
    }

    /// The rest of it, to be sealed.
    static PersonalPart personalPart(Event event) {
        return new PersonalPart(
                event.actor(),
                event.text(),
                isClear(event.object()) ? "" : event.object(),
                event.purpose().filter(given -> !isCode(given)).orElse(""),
                event.caseId().filter(given -> !isCode(given)).orElse(""));
    }

    StoredEntry with(byte[] newSealed) {
        return new StoredEntry(
                index,
                time,
                timeError,
                alias,
                action,
                object,
                purpose,
                caseId,
                decision,
                outcome,
                Bytes.of(newSealed));
    }

    /// The bytes that the sealed part is bound to: the entry without it.
    byte[] context() {
        return clear().encode();
    }

    byte[] encode() {
        return clear().bytes(12, sealed.array()).encode();
    }

    private CborMap clear() {
        var map = new CborMap().number(0, VERSION).number(1, index).number(2, micros(time));
        timeError.ifPresent(error -> map.number(3, error.toNanos() / 1_000));
        map.number(4, alias.kind().number());
        alias.pseudonym().ifPresent(name -> map.bytes(5, name.array()));
        map.text(6, action).textIfAny(7, object);
        purpose.ifPresent(given -> map.text(8, given));
        caseId.ifPresent(given -> map.text(9, given));
        decision.ifPresent(hash -> map.bytes(10, hash.array()));
        return map.number(11, outcome.number());
    }

    /// @throws MalformedEntryException if the bytes are not an entry of this version
    static StoredEntry decode(byte[] encoded) {
        var map = CborMap.decode(encoded);
        if (map.number(0) != VERSION) {
            throw new MalformedEntryException(
                    "An entry of version %d; this program reads version %d"
                            .formatted(map.number(0), VERSION));
        }
        var time = time(map.number(2));
        return new StoredEntry(
                map.number(1),
                time,
                duration(map.numberIfAny(3)),
                new Alias(
                        Alias.Kind.of(map.number(4)),
                        map.bytesIfAny(5).map(Bytes::of),
                        month(time)),
                map.text(6),
                map.textIfAny(7).orElse(""),
                map.textIfAny(8),
                map.textIfAny(9),
                map.bytesIfAny(10).map(Bytes::of),
                Outcome.of(map.number(11)),
                Bytes.of(map.bytes(12)));
    }

    static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /// Bounded to the years that a month can be told of.
    private static Instant time(long micros) {
        var year9999 = 253_402_300_800_000_000L;
        if (micros >= year9999) {
            throw new MalformedEntryException("A time after the year 9999: " + micros);
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Optional<Duration> duration(OptionalLong micros) {
        return micros.isPresent()
                ? Optional.of(Duration.of(micros.getAsLong(), ChronoUnit.MICROS))
                : Optional.empty();
    }

    private static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    private static boolean isClear(String object) {
        return OBJECT.matcher(object).matches();
    }
}
