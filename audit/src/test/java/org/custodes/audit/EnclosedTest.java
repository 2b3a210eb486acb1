package org.custodes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.audit.Ledger.ERIKA;
import static org.custodes.audit.Ledger.OTTO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HexFormat;
import org.custodes.media.Bytes;
import org.custodes.vault.KeyName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What belongs to an entry and is kept elsewhere shares the fate of the entry.
class EnclosedTest {
    private static final byte[] CONTENT = "case 2026-117".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = "a test".getBytes(StandardCharsets.US_ASCII);
    private static final Enclosed WHOLE = new Enclosed.Whole(Bytes.of(CONTENT));
    private static final Enclosed EXPIRED = new Enclosed.Expired(YearMonth.of(2026, 11));
    private static final Enclosed CHANGED = new Enclosed.Changed();

    @TempDir Path home;

    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = new Ledger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Bytes enclosed(Actor actor) {
        return ledger.log().enclose(actor, CONTENT, CONTEXT);
    }

    private Enclosed opened(Bytes enclosed) {
        return ledger.log().open(enclosed, CONTEXT);
    }

    /// The key that it names, as its form says.
    private static KeyName keyOf(Bytes enclosed) {
        return new KeyName(
                "audit-person", HexFormat.of().formatHex(enclosed.array(), 2, 18) + "/2026-11");
    }

    @Test
    void it_opens_for_everybody_who_acts_and_after_a_restart() {
        var person = enclosed(ERIKA);
        var system = enclosed(Actor.system());
        var stranger = enclosed(Actor.stranger("", "192.0.2.1", ""));

        ledger.reopen();

        assertThat(opened(person)).isEqualTo(WHOLE);
        assertThat(opened(system)).isEqualTo(WHOLE);
        assertThat(opened(stranger)).isEqualTo(WHOLE);
        assertThat(new String(person.array(), StandardCharsets.ISO_8859_1))
                .doesNotContain("2026-117");
    }

    @Test
    void it_is_sealed_under_the_key_of_the_entry_and_goes_with_it() {
        var enclosed = enclosed(ERIKA);
        var others = enclosed(OTTO);
        ledger.tell(ERIKA, Action.LIVE_OPENED, "camera/1", "private");

        ledger.vault.destroy(keyOf(enclosed));

        assertThat(ledger.newest().getFirst().expired()).isTrue();
        assertThat(opened(enclosed)).isEqualTo(EXPIRED);
        assertThat(opened(others)).isEqualTo(WHOLE);
    }

    @Test
    void whoever_lost_their_key_gets_another_one() {
        ledger.vault.destroy(keyOf(enclosed(ERIKA)));

        // The first try finds out that the key is gone.
        assertThatThrownBy(() -> enclosed(ERIKA)).isInstanceOf(AuditUnavailableException.class);
        assertThat(opened(enclosed(ERIKA))).isEqualTo(WHOLE);
    }

    @Test
    void another_bit_another_context_and_what_is_no_envelope_are_told() {
        var enclosed = enclosed(ERIKA);

        assertThat(ledger.log().open(enclosed, new byte[] {1})).isEqualTo(CHANGED);
        for (var length = 0; length < enclosed.length(); length++) {
            assertThat(opened(Bytes.of(Arrays.copyOf(enclosed.array(), length))))
                    .isEqualTo(CHANGED);
        }
        for (var bit = 0; bit < enclosed.length() * Byte.SIZE; bit++) {
            var changed = enclosed.array().clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            // Of another pseudonym or month there is no key.
            assertThat(opened(Bytes.of(changed)))
                    .satisfiesAnyOf(
                            what -> assertThat(what).isEqualTo(CHANGED),
                            what -> assertThat(what).isInstanceOf(Enclosed.Expired.class));
        }
    }

    @Test
    void a_log_goes_back_to_the_month_of_its_oldest_entry() {
        assertThat(ledger.log().since()).isEmpty();

        ledger.tell("in november");
        ledger.setClock("2026-12-24T18:00:00Z");
        ledger.tell("in december");

        assertThat(ledger.log().since()).contains(Instant.parse("2026-11-01T00:00:00Z"));
    }
}
