package org.custodes.audit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.custodes.media.Bytes;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.SecretBox;
import org.custodes.vault.Vault;

/// Under which alias and which key everybody writes this month. Any thread.
final class Pens {
    private static final byte[] WHO = "custodes-audit-who-v1".getBytes(StandardCharsets.US_ASCII);

    /// What seals somebody's entries in one month.
    record Pen(Alias alias, SecretBox box, Optional<SegmentHeader.Known> known) {}

    private record Holder(Alias.Kind kind, Optional<UUID> person, YearMonth month) {}

    private final Vault vault;
    private final SecureRandom random;
    private final Map<Holder, Pen> pens = new ConcurrentHashMap<>();

    Pens(Vault vault, SecureRandom random) {
        this.vault = vault;
        this.random = random;
    }

    /// The first pen of a person and month costs a turn of the key store, on the caller's thread.
    Pen of(Actor actor, YearMonth month) {
        var holder = new Holder(kind(actor), actor.person(), month);
        var pen = pens.get(holder);
        return pen != null ? pen : make(holder);
    }

    /// Whoever has a pseudonym in this month.
    List<SegmentHeader.Known> known(YearMonth month) {
        return pens.values().stream()
                .filter(pen -> pen.alias().month().equals(month))
                .flatMap(pen -> pen.known().stream())
                .toList();
    }

    /// Takes up the pseudonyms of the segment that the log goes on with after a start, so that a
    /// person keeps theirs until the month ends. Whose key is gone, or whose bytes were changed, gets
    /// a new one.
    void remember(Segment segment) {
        for (var known : segment.header().people()) {
            var alias = alias(known.pseudonym(), segment.header().month());
            person(alias, known.sealedPerson(), who(known.pseudonym()))
                    .ifPresent(person -> keep(alias, PersonalPart.uuid(person)));
        }
        var seen = new HashSet<Bytes>();
        segment.header().people().forEach(known -> seen.add(known.pseudonym()));
        for (var frame : segment.frames()) {
            var entry = StoredEntry.decode(frame.map().array());
            if (entry.alias().pseudonym().filter(seen::add).isPresent()) {
                person(entry.alias(), entry.sealed(), entry.context())
                        .flatMap(personal -> PersonalPart.decode(personal).actor().person())
                        .ifPresent(person -> keep(entry.alias(), person));
            }
        }
    }

    private Optional<byte[]> person(Alias alias, Bytes sealed, byte[] context) {
        try {
            return vault.existingBox(alias.keyName()).map(box -> box.open(sealed.array(), context));
        } catch (CannotOpenException changed) {
            return Optional.empty();
        }
    }

    /// Lets go of a pen whose key turned out to be gone: the next entry gets a new one.
    void forget(Pen pen) {
        pens.values().remove(pen);
    }

    private synchronized Pen make(Holder holder) {
        var made = pens.get(holder);
        if (made != null) {
            return made;
        }
        pens.keySet().removeIf(old -> old.month().isBefore(holder.month().minusMonths(1)));
        var alias = new Alias(holder.kind(), holder.person().map(_ -> pseudonym()), holder.month());
        var box = vault.box(alias.keyName());
        var pen = new Pen(alias, box, holder.person().map(person -> known(alias, box, person)));
        pens.put(holder, pen);
        return pen;
    }

    private void keep(Alias alias, UUID person) {
        vault.existingBox(alias.keyName())
                .ifPresent(box ->
                        pens.put(
                                new Holder(alias.kind(), Optional.of(person), alias.month()),
                                new Pen(alias, box, Optional.of(known(alias, box, person)))));
    }

    private static Alias alias(Bytes pseudonym, YearMonth month) {
        return new Alias(Alias.Kind.PERSON, Optional.of(pseudonym), month);
    }

    private static SegmentHeader.Known known(Alias alias, SecretBox box, UUID person) {
        var pseudonym = alias.pseudonym().orElseThrow();
        var sealed = box.seal(PersonalPart.bytes(person), who(pseudonym));
        return new SegmentHeader.Known(pseudonym, Bytes.of(sealed));
    }

    private Bytes pseudonym() {
        var name = new byte[Alias.PSEUDONYM_BYTES];
        random.nextBytes(name);
        return Bytes.of(name);
    }

    private static Alias.Kind kind(Actor actor) {
        if (actor.isSystem()) {
            return Alias.Kind.SYSTEM;
        }
        return actor.person().isPresent() ? Alias.Kind.PERSON : Alias.Kind.STRANGER;
    }

    private static byte[] who(Bytes pseudonym) {
        var context = Arrays.copyOf(WHO, WHO.length + pseudonym.length());
        System.arraycopy(pseudonym.array(), 0, context, WHO.length, pseudonym.length());
        return context;
    }
}
