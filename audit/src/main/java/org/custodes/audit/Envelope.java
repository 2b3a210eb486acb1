package org.custodes.audit;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import org.custodes.media.Bytes;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Vault;

/// Something that belongs to an entry and is kept elsewhere, sealed under the key that seals the entry, which it names
/// as entries do: by a pseudonym and a month (`docs/formats/audit.md`).
final class Envelope {
    private static final byte VERSION = 1;

    private Envelope() {}

    static Bytes seal(Pens.Pen pen, byte[] content, byte[] context) {
        var alias = pen.alias();
        var pseudonym = alias.pseudonym().orElse(Bytes.empty());
        var sealed = pen.box().seal(content, context);
        var out = ByteBuffer.allocate(5 + pseudonym.length() + sealed.length);
        out.put(VERSION).put((byte) alias.kind().number()).put(pseudonym.array());
        out.putShort((short) alias.month().getYear()).put((byte) alias.month().getMonthValue());
        return Bytes.of(out.put(sealed).array());
    }

    static Enclosed open(Bytes envelope, byte[] context, Vault vault) {
        var in = ByteBuffer.wrap(envelope.array());
        var alias = alias(in);
        if (alias.isEmpty()) {
            return new Enclosed.Changed();
        }
        var box = vault.existingBox(alias.get().keyName());
        if (box.isEmpty()) {
            return new Enclosed.Expired(alias.get().month());
        }
        var sealed = new byte[in.remaining()];
        in.get(sealed);
        try {
            return new Enclosed.Whole(Bytes.of(box.get().open(sealed, context)));
        } catch (CannotOpenException e) {
            return switch (e.reason()) {
                // Destroyed in this moment.
                case SHUT, NO_KEY -> new Enclosed.Expired(alias.get().month());
                case ALTERED, OUTSIDE -> new Enclosed.Changed();
            };
        }
    }

    /// Whose key it is; empty if nobody's.
    private static Optional<Alias> alias(ByteBuffer in) {
        try {
            if (in.remaining() < 2 || in.get() != VERSION) {
                return Optional.empty();
            }
            var kind = Alias.Kind.of(in.get());
            var pseudonym =
                    kind == Alias.Kind.PERSON
                            ? Optional.of(new byte[Alias.PSEUDONYM_BYTES])
                            : Optional.<byte[]>empty();
            if (in.remaining() < pseudonym.map(name -> name.length).orElse(0) + 3) {
                return Optional.empty();
            }
            pseudonym.ifPresent(in::get);
            var month = YearMonth.of(Short.toUnsignedInt(in.getShort()), in.get());
            return Optional.of(new Alias(kind, pseudonym.map(Bytes::of), month));
        } catch (MalformedEntryException | DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
