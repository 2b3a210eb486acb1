package org.custodes.vault;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One sealed record: nothing in it can be seen without an [Opener].
/// Its arrays are handed on, never changed by anybody.
public final class Sealed {
    /// The tail, which shows it to whoever asks, and the writer, which brings it to the disk.
    private static final int HOLDERS = 2;

    private final PackBinding pack;
    private final RecordHeader header;
    private final byte[] commitment;
    private final byte[] array;
    private final int size;
    private final @Nullable Loan loan;

    /// Memory that goes back when the last who holds it lets go.
    private record Loan(RecordMemory memory, AtomicInteger holders) {}

    public Sealed(PackBinding pack, RecordHeader header, byte[] commitment, byte[] body) {
        this(pack, header, commitment, body, body.length, null);
    }

    private Sealed(
            PackBinding pack,
            RecordHeader header,
            byte[] commitment,
            byte[] array,
            int size,
            @Nullable Loan loan) {
        this.pack = pack;
        this.header = header;
        this.commitment = commitment;
        this.array = array;
        this.size = size;
        this.loan = loan;
    }

    /// The same in borrowed memory.
    ///
    /// @param array what `memory` gave; ciphertext and tag are its first `size` bytes
    static Sealed borrowing(
            RecordMemory memory,
            PackBinding pack,
            RecordHeader header,
            byte[] commitment,
            byte[] array,
            int size) {
        var loan = new Loan(memory, new AtomicInteger(HOLDERS));
        return new Sealed(pack, header, commitment, array, size, loan);
    }

    /// The pack it belongs to.
    public PackBinding pack() {
        return pack;
    }

    /// Its header in clear.
    public RecordHeader header() {
        return header;
    }

    /// The 32 bytes that commit to the key of its slot in this pack.
    public byte[] commitment() {
        return commitment;
    }

    /// How many bytes ciphertext and tag have.
    public int size() {
        return size;
    }

    /// Ciphertext and tag in its first [#size] bytes; not to be changed by anybody.
    public byte[] array() {
        return array;
    }

    /// Ciphertext and tag alone: a copy where they lie in borrowed memory.
    public byte[] body() {
        return loan == null ? array : Arrays.copyOf(array, size);
    }

    /// Says that the tail, or the writer, is done with a record that was appended. Once both are, its
    /// memory takes another record. Whoever showed it to somebody else never says so: then it is
    /// collected when nobody has it any more.
    public void letGo() {
        if (loan != null && loan.holders.decrementAndGet() == 0) {
            loan.memory.giveBack(array);
        }
    }
}
