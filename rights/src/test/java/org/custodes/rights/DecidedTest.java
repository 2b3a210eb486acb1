package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.BEN;
import static org.custodes.rights.World.CLEO;
import static org.custodes.rights.World.GATE;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.HALL;
import static org.custodes.rights.World.HELSINKI;
import static org.custodes.rights.World.HOUSE;
import static org.custodes.rights.World.NOW;
import static org.custodes.rights.World.SAFE;
import static org.custodes.rights.World.SITE;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.custodes.media.Bytes;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.World.Granted;
import org.junit.jupiter.api.Test;

/// What was decided can be decided again: from bytes that prove themselves by their hash.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class DecidedTest {
    /// Each field of a permit says something.
    private static final Permit PERMIT =
            new Permit(
                    GUARD,
                    Set.of(Right.WATCH_LIVE, Right.PLAY_BACK),
                    new Scope.Groups(Set.of(HOUSE, SITE)),
                    Set.of(MediaClass.VEILED, MediaClass.METADATA),
                    new Hours(
                            List.of(
                                    new Hours.Span(
                                            Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY),
                                            LocalTime.of(7, 0),
                                            LocalTime.of(19, 0)),
                                    new Hours.Span(
                                            Set.of(DayOfWeek.SATURDAY),
                                            LocalTime.of(22, 0),
                                            LocalTime.MAX))),
                    Optional.of(Duration.ofSeconds(14_400, 5)),
                    true,
                    Set.of("incident", "ünterricht"),
                    true,
                    OptionalInt.of(720),
                    2,
                    Assurance.PASSKEY,
                    Optional.of(Duration.ofMinutes(2)),
                    Set.of(World.OFFICE, new Network(InetAddress.ofLiteral("2001:db8::"), 32)));

    private static final Ban BAN =
            new Ban(
                    Optional.of(BEN),
                    Set.of(Right.EXPORT),
                    new Scope.Cameras(Set.of(GATE, SAFE)),
                    World.NIGHTS);

    private static final Assignment GIVEN =
            new Assignment(
                    ADA,
                    GUARD,
                    new Scope.Cameras(Set.of(HALL)),
                    NOW.minusSeconds(100),
                    Optional.of(NOW.plusSeconds(100)),
                    NOW.plusSeconds(1_000),
                    true);

    private static final Restriction RESTRICTION =
            new Restriction(SAFE, new TimeRange(NOW.minusSeconds(60), NOW.minusSeconds(30)));

    /// Each field of a request says something.
    private static final Request ASKED =
            new Request(
                    new Subject(
                            ADA,
                            "passkey 7",
                            Assurance.PASSWORD_AND_CODE,
                            NOW.minusNanos(1),
                            InetAddress.ofLiteral("2001:db8::17")),
                    Right.PLAY_BACK,
                    Optional.of(HALL),
                    Optional.of(MediaClass.ORIGINAL),
                    Optional.of(new TimeRange(NOW.minusSeconds(600), NOW.minusSeconds(300))),
                    OptionalInt.of(1080),
                    Optional.of("incident"),
                    Optional.of("2026-117"),
                    "exactly this",
                    Set.of(BEN, CLEO),
                    List.of(
                            new Approval(CLEO, "passkey 9", Bytes.of(new byte[32]), NOW),
                            new Approval(
                                    BEN,
                                    "passkey 8",
                                    Bytes.of(new byte[] {1, 2}),
                                    NOW.minusSeconds(9),
                                    Optional.of(NOW))));

    private static Granted full() {
        return nothing().and(PERMIT).and(BAN).and(GIVEN).and(RESTRICTION);
    }

    @Provide
    Arbitrary<Granted> granted() {
        return World.granted();
    }

    @Provide
    Arbitrary<Request> requests() {
        return World.requests();
    }

    private static Bytes sha256(byte[] bytes) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static PolicySnapshot again(PolicySnapshot policy) {
        return PolicySnapshot.of(policy.content(), policy.takenAt());
    }

    @Property
    void a_policy_is_read_as_it_was_written_and_its_bytes_prove_themselves(
            @ForAll("granted") Granted granted) {
        var policy = granted.snapshot();

        var read = again(policy);

        assertThat(sha256(policy.content().array())).isEqualTo(policy.hash());
        assertThat(read.hash()).isEqualTo(policy.hash());
        assertThat(read.takenAt()).isEqualTo(policy.takenAt());
        assertThat(read.groups()).isEqualTo(policy.groups());
        assertThat(read.permits()).isEqualTo(policy.permits());
        assertThat(read.bans()).isEqualTo(policy.bans());
        assertThat(read.assignments()).isEqualTo(policy.assignments());
        assertThat(read.trainedUntil()).isEqualTo(policy.trainedUntil());
        assertThat(read.restrictions()).isEqualTo(policy.restrictions());
        assertThat(read.zones(Optional.empty())).isEqualTo(policy.zones(Optional.empty()));
    }

    @Property
    void whatever_was_decided_is_decided_the_same_by_what_was_kept(
            @ForAll("granted") Granted granted, @ForAll("requests") Request request) {
        var policy = granted.snapshot();
        for (var decided :
                List.of(Decided.may(request, policy), Decided.anywhere(request, policy))) {
            var read = Decided.of(decided.content());

            assertThat(read).isEqualTo(decided);
            assertThat(read.again(again(policy))).isEqualTo(decided);
        }
        assertThat(Decided.may(request, policy).ground())
                .isEqualTo(
                        Decide.decide(request, policy, NOW) instanceof Decision.Refused(var grounds)
                                ? Optional.of(grounds.getFirst())
                                : Optional.empty());
    }

    @Test
    void every_field_of_a_policy_is_kept() {
        var read = again(full().snapshot());

        assertThat(read.permits())
                .singleElement()
                .satisfies(one -> {
                    assertThat(Set.copyOf(one.hours().spans()))
                            .isEqualTo(Set.copyOf(PERMIT.hours().spans()));
                    assertThat(withHours(one, PERMIT.hours())).isEqualTo(PERMIT);
                });
        assertThat(read.bans()).containsExactly(BAN);
        assertThat(read.assignments()).containsExactly(GIVEN);
        assertThat(read.restrictions()).containsExactly(RESTRICTION);
        assertThat(read.trainedUntil()).isEqualTo(World.trained());
    }

    private static Permit withHours(Permit permit, Hours hours) {
        return new Permit(
                permit.role(),
                permit.rights(),
                permit.scope(),
                permit.classes(),
                hours,
                permit.oldest(),
                permit.sinceGiven(),
                permit.purposes(),
                permit.needsCase(),
                permit.tallest(),
                permit.approvals(),
                permit.assurance(),
                permit.freshWithin(),
                permit.from());
    }

    @Test
    void every_field_of_a_request_is_kept() {
        var decided = Decided.may(ASKED, full().snapshot());

        assertThat(Decided.of(decided.content())).isEqualTo(decided);
        assertThat(decided.request()).isEqualTo(ASKED);
        assertThat(decided.at()).isEqualTo(NOW);
        assertThat(decided.policy()).isEqualTo(full().snapshot().hash());
    }

    @Test
    void a_request_without_anything_is_kept() {
        var decided =
                Decided.may(Request.of(World.subject(ADA), Right.READ_AUDIT), full().snapshot());

        assertThat(Decided.of(decided.content())).isEqualTo(decided);
    }

    /// One order for what has none; and what is said twice is said once.
    @Test
    void two_permits_that_differ_in_the_order_of_hours_alone_are_one() {
        var turned = withHours(PERMIT, new Hours(PERMIT.hours().spans().reversed()));
        var twice = new ArrayList<>(PERMIT.hours().spans());
        twice.addAll(PERMIT.hours().spans());

        var one = nothing().and(PERMIT).snapshot();
        assertThat(nothing().and(PERMIT).and(turned).snapshot().hash()).isEqualTo(one.hash());
        assertThat(nothing().and(withHours(PERMIT, new Hours(twice))).snapshot().hash())
                .isEqualTo(one.hash());
        assertThat(again(nothing().and(PERMIT).and(turned).snapshot()).permits()).hasSize(1);
    }

    @Test
    void whenever_stays_whenever() {
        var always = nothing().and(Permit.of(GUARD, Set.of(Right.WATCH_LIVE), new Scope.All()));

        assertThat(again(always.snapshot()).permits())
                .singleElement()
                .satisfies(one -> assertThat(one.hours()).isEqualTo(Hours.always()));
    }

    @Test
    void zones_of_every_kind_are_kept() {
        for (var zone :
                List.of(HELSINKI, ZoneOffset.UTC, ZoneOffset.ofHours(3), ZoneId.of("UTC"))) {
            assertThat(again(PolicySnapshot.empty(NOW, zone)).zones(Optional.empty()))
                    .containsExactly(zone);
        }
    }

    @Test
    void decided_again_by_another_policy_it_may_come_out_otherwise() {
        var granted =
                nothing()
                        .and(given(ADA, GUARD))
                        .and(Permit.of(GUARD, Set.of(Right.WATCH_LIVE), new Scope.All()));
        var allowed = Decided.may(World.live(), granted.snapshot());

        var now = allowed.again(nothing().snapshotOf(NOW.plus(Duration.ofDays(400))));

        assertThat(allowed.ground()).isEmpty();
        assertThat(now.ground()).contains(Ground.RIGHT_MISSING);
        assertThat(now.at()).isEqualTo(NOW);
        assertThat(now.request()).isEqualTo(allowed.request());
        assertThat(now.policy()).isEqualTo(nothing().snapshot().hash());
    }

    @Test
    void anywhere_is_asked_without_a_camera() {
        var somewhere =
                nothing()
                        .and(given(ADA, GUARD))
                        .and(Permit.of(GUARD, Set.of(Right.SEE_TIMELINE), Scope.none()));
        var request = Request.of(World.subject(ADA), Right.SEE_TIMELINE);

        assertThat(Decided.anywhere(request, somewhere.snapshot()).ground()).isEmpty();
        assertThat(Decided.anywhere(request, nothing().snapshot()).ground())
                .contains(Ground.RIGHT_MISSING);
        assertThat(Decided.may(request, somewhere.snapshot()).ground())
                .contains(Ground.REQUEST_INCOMPLETE);
    }

    @Test
    void what_somebody_else_wrote_by_the_page_is_read() throws IOException {
        var policy = PolicySnapshot.of(Bytes.of(Vectors.bytes("policy")), NOW);
        var decided = Decided.of(Bytes.of(Vectors.bytes("decided")));

        assertThat(policy.hash()).isEqualTo(Bytes.of(Vectors.bytes("policy_hash")));
        assertThat(decided.policy()).isEqualTo(policy.hash());
        assertThat(decided.at()).isEqualTo(Instant.parse("2026-11-25T10:00:00.123456Z"));
        assertThat(decided.ground()).contains(Ground.APPROVAL_NEEDED);
        assertThat(decided.request().caseNumber()).contains("2026-117");
        assertThat(decided.request().approvals()).hasSize(1);
        assertThat(policy.permits().iterator().next().from()).hasSize(2);
        var facts = ByteBuffer.allocate(32 + Vectors.bytes("decided").length);
        facts.put(Vectors.bytes("salt")).put(decided.content().array());
        assertThat(sha256(facts.array())).isEqualTo(Bytes.of(Vectors.bytes("decision")));
    }

    /// As they were decided when this was written, and have to be for ever.
    @Test
    void golden_decisions_come_out_as_they_did() throws IOException {
        var policy = PolicySnapshot.of(Bytes.of(Vectors.bytes("policy")), NOW);
        var refused = Decided.of(Bytes.of(Vectors.bytes("decided")));
        var allowed = Decided.of(Bytes.of(Vectors.bytes("allowed")));

        assertThat(refused.request().hash()).isEqualTo(Bytes.of(Vectors.bytes("request_hash")));
        assertThat(refused.again(policy)).isEqualTo(refused);
        assertThat(allowed.ground()).isEmpty();
        assertThat(allowed.again(policy)).isEqualTo(allowed);
    }

    /// Not one bit of it may be another: it is refused, or is something else.
    @Property(tries = 400)
    void no_bit_is_idle(@ForAll @IntRange(min = 0, max = 1_000_000) int which) {
        for (var content :
                List.of(
                        full().snapshot().content(),
                        Decided.may(ASKED, full().snapshot()).content())) {
            var changed = content.array().clone();
            var bit = which % (changed.length * Byte.SIZE);
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(written(Bytes.of(changed)))
                    .isIn(Optional.empty(), Optional.of(Bytes.of(changed)));
        }
    }

    private static Optional<Bytes> written(Bytes content) {
        try {
            return Optional.of(Decided.of(content).content());
        } catch (MalformedDecisionException refused) {
            try {
                return Optional.of(PolicySnapshot.of(content, NOW).content());
            } catch (MalformedDecisionException refusedToo) {
                return Optional.empty();
            }
        }
    }

    @Test
    void what_is_cut_off_anywhere_or_goes_on_is_refused() {
        for (var content :
                List.of(
                        full().snapshot().content(),
                        Decided.may(ASKED, full().snapshot()).content())) {
            var bytes = content.array();
            for (var length = 0; length < bytes.length; length++) {
                assertThat(written(Bytes.of(Arrays.copyOf(bytes, length)))).isEmpty();
            }
            assertThat(written(Bytes.of(Arrays.copyOf(bytes, bytes.length + 1)))).isEmpty();
        }
    }

    @Test
    void one_kind_is_not_read_as_another() {
        var policy = full().snapshot();

        assertThatThrownBy(() -> Decided.of(policy.content()))
                .isInstanceOf(MalformedDecisionException.class)
                .hasMessage(
                        "What is kept of a decision cannot be read: a kind of 17 characters where"
                                + " 'custodes decided 1' belongs at byte 25");
        assertThatThrownBy(() -> PolicySnapshot.of(Decided.may(ASKED, policy).content(), NOW))
                .isInstanceOf(MalformedDecisionException.class);
    }

    /// The empty policy, and what is put in the place of its parts.
    private static void refusesPolicy(String told, Canonical groups, Canonical permits) {
        var out = new Canonical("custodes policy 1").text("Z");
        var content = bytes(out, groups, permits);
        assertThatThrownBy(() -> PolicySnapshot.of(Bytes.of(content), NOW))
                .isInstanceOf(MalformedDecisionException.class)
                .hasMessageContaining(told);
    }

    private static byte[] bytes(Canonical head, Canonical groups, Canonical permits) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.content().array());
        all.writeBytes(part(groups));
        all.writeBytes(part(permits));
        // No bans, no assignments, nobody trained, nothing restricted.
        all.writeBytes(new byte[4 * Long.BYTES]);
        return all.toByteArray();
    }

    /// Without the kind that it begins with.
    private static byte[] part(Canonical part) {
        var bytes = part.content().array();
        return Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    }

    private static Canonical part() {
        return new Canonical("");
    }

    @Test
    void a_count_or_length_that_promises_more_than_there_is_is_refused_before_anything_is_made() {
        refusesPolicy("things in", part().number(1L << 40), part().number(0));
        refusesPolicy("things in", part().number(-1), part().number(0));
        refusesPolicy("a length of", part().number(1).number(Long.MAX_VALUE), part().number(0));
        refusesPolicy("a length of", part().number(1).number(-1), part().number(0));
    }

    private static final UUID ONE = new UUID(9, 1);
    private static final UUID TWO = new UUID(9, 2);

    private static byte[] group(UUID id, int parent, String zone) {
        var out = part().id(id);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(part(out));
        bytes.write(parent);
        bytes.writeBytes(part(part().number(0).text(zone)));
        return bytes.toByteArray();
    }

    @Test
    void another_order_or_the_same_twice_is_refused() {
        var one = group(ONE, 0, "Z");
        var two = group(TWO, 0, "Z");

        refusesPolicy(
                "another form or order", part().number(2).raw(two).raw(one), part().number(0));
        refusesPolicy(
                "another form or order", part().number(2).raw(one).raw(one), part().number(0));
        var right =
                bytes(
                        new Canonical("custodes policy 1").text("Z"),
                        part().number(2).raw(one).raw(two),
                        part().number(0));
        assertThat(PolicySnapshot.of(Bytes.of(right), NOW).groups()).hasSize(2);
    }

    @Test
    void another_way_to_say_the_same_is_refused() {
        refusesPolicy(
                "another form or order",
                part().number(1).raw(group(ONE, 0, "+3")),
                part().number(0));
    }

    @Test
    void a_yes_or_no_that_is_neither_a_zone_that_is_not_and_what_follows_an_end_are_refused() {
        refusesPolicy(
                "a 2 where 0 or 1 belongs",
                part().number(1).raw(group(ONE, 2, "Z")),
                part().number(0));
        refusesPolicy(
                "Atlantis", part().number(1).raw(group(ONE, 0, "Atlantis/Town")), part().number(0));
        var longer = Arrays.copyOf(group(ONE, 0, "Z"), group(ONE, 0, "Z").length + 3);
        refusesPolicy("3 bytes after the end", part().number(1).raw(longer), part().number(0));
    }

    /// A permit of the role `guard` on every camera whenever, with something in the place of its parts.
    private static Canonical permit(
            String right, long scope, long kind, long approvals, byte[] from) {
        var alone = part().text("guard");
        alone.number(1).raw(part(part().text(right)));
        alone.number(scope);
        alone.number(1).raw(part(part().number(kind)));
        alone.number(0).present(false).present(false).number(0).present(false).present(false);
        alone.number(approvals).text("passkey").present(false);
        alone.number(1).raw(part(part().raw(from).number(0)));
        return part().number(1).raw(part(alone));
    }

    private static final byte[] ANY = {0, 0, 0, 0};

    @Test
    void what_no_rule_can_say_is_refused() {
        var none = part().number(0);
        var good = permit("export", 0, 1, 2, ANY);
        assertThat(
                        PolicySnapshot.of(
                                        Bytes.of(
                                                bytes(
                                                        new Canonical("custodes policy 1")
                                                                .text("Z"),
                                                        none,
                                                        good)),
                                        NOW)
                                .permits())
                .hasSize(1);

        refusesPolicy("a word of 4 characters", none, permit("rule", 0, 1, 2, ANY));
        refusesPolicy("a scope of kind 3", none, permit("export", 3, 1, 2, ANY));
        refusesPolicy("integer overflow", none, permit("export", 1L << 32, 1, 2, ANY));
        refusesPolicy("a class of number 4", none, permit("export", 0, 4, 2, ANY));
        refusesPolicy("0 to 2 others", none, permit("export", 0, 1, 3, ANY));
        refusesPolicy("an address of 5 bytes", none, permit("export", 0, 1, 2, new byte[5]));
        var mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        refusesPolicy("another form or order", none, permit("export", 0, 1, 2, mapped));
    }

    private static void refusesDecided(String told, Canonical content) {
        assertThatThrownBy(() -> Decided.of(content.content()))
                .isInstanceOf(MalformedDecisionException.class)
                .hasMessageContaining(told);
    }

    private static Canonical decided(long seconds, long nanos, byte[] question) {
        return new Canonical("custodes decided 1")
                .raw(new byte[32])
                .number(seconds)
                .number(nanos)
                .raw(question);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_moment_a_text_and_a_word_that_are_none_are_refused() {
        refusesDecided("1000000000 nanoseconds", decided(0, 1_000_000_000, utf8("may")));
        refusesDecided("-1 nanoseconds", decided(0, -1, utf8("may")));
        refusesDecided("before byte", decided(Long.MAX_VALUE, 0, utf8("may")));
        refusesDecided("a text that is not UTF-8", decided(0, 0, new byte[] {(byte) 0xc3, 0x28}));
        refusesDecided("a word of 5 characters", decided(0, 0, utf8("might")));
        refusesDecided("an end after 0 bytes of 1", decided(0, 999_999_999, utf8("may")));
        refusesDecided(
                "a word of 4 characters", decided(0, 0, utf8("may")).present(true).text("mood"));
    }

    /// Nobody decides in the year 10,000: no policy can be looked at then.
    @Test
    void a_moment_at_which_nothing_can_be_decided_is_refused() {
        var content = Decided.may(ASKED, full().snapshot()).content().array().clone();
        var at = "custodes decided 1".length() + Long.BYTES + Long.BYTES + 32;
        ByteBuffer.wrap(content)
                .putLong(at, Instant.parse("9999-01-01T00:00:00Z").getEpochSecond());

        assertThatThrownBy(() -> Decided.of(Bytes.of(content)))
                .isInstanceOf(MalformedDecisionException.class)
                .hasMessageContaining("9999-01-01");
    }

    @Test
    void every_word_that_is_kept_is_found_again() {
        for (var ground : Ground.values()) {
            assertThat(Ground.of(ground.code())).contains(ground);
        }
        for (var assurance : Assurance.values()) {
            assertThat(Assurance.of(assurance.code())).contains(assurance);
        }
        assertThat(Ground.of("mood")).isEmpty();
        assertThat(Assurance.of("mood")).isEmpty();
    }

    @Test
    void requests_that_differ_in_anything_are_kept_differently() {
        var contents = new HashSet<Bytes>();
        var variants =
                List.of(
                        ASKED,
                        World.live(),
                        ASKED.on(GATE),
                        ASKED.of(MediaClass.VEILED, ASKED.interval()),
                        ASKED.of(MediaClass.ORIGINAL, Optional.empty()),
                        ASKED.since(NOW.minusSeconds(599)),
                        ASKED.forPurpose(Optional.empty(), ASKED.caseNumber()),
                        ASKED.forPurpose(ASKED.purpose(), Optional.empty()),
                        ASKED.about("something else"),
                        ASKED.concerning(Set.of(BEN)),
                        ASKED.with(List.of()),
                        ASKED.with(ASKED.approvals().reversed()));
        for (var request : variants) {
            contents.add(Decided.may(request, full().snapshot()).content());
        }

        assertThat(contents).hasSize(variants.size());
    }
}
