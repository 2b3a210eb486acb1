package org.custodes.rights;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.custodes.media.Bytes;

/// A decision that was made, with all that it was made on but the policy, which it names: who has kept that too can
/// make it again ([#again]).
///
/// @param policy the [PolicySnapshot#hash] of what was granted
/// @param at when, by the recorder's clock; what was granted was looked at in the same moment
/// @param question what was asked
/// @param ground the first that stood against it; empty if it was allowed
public record Decided(
        Bytes policy, Instant at, Question question, Request request, Optional<Ground> ground) {

    private static final String KIND = "custodes decided 1";

    /// What was asked of the rules.
    public enum Question {
        /// Whether they may: [Decide#decide].
        MAY("may"),
        /// Whether they have the right at all, before it is known on which camera: [Decide#held].
        ANYWHERE("anywhere");

        private final String code;

        Question(String code) {
            this.code = code;
        }

        private static Optional<Question> of(String code) {
            return Arrays.stream(values())
                    .filter(question -> question.code.equals(code))
                    .findFirst();
        }

        private Optional<Ground> ground(Request request, PolicySnapshot policy) {
            return switch (this) {
                case MAY ->
                        switch (Decide.decide(request, policy, policy.takenAt())) {
                            case Decision.Allowed _ -> Optional.empty();
                            case Decision.Refused(var grounds) -> Optional.of(grounds.getFirst());
                        };
                case ANYWHERE ->
                        Decide.held(request.subject().person(), policy, policy.takenAt())
                                        .contains(request.right())
                                ? Optional.empty()
                                : Optional.of(Ground.RIGHT_MISSING);
            };
        }

        private Decided answer(Request request, PolicySnapshot policy) {
            return new Decided(
                    policy.hash(), policy.takenAt(), this, request, ground(request, policy));
        }
    }

    public Decided {
        Objects.requireNonNull(policy);
        PolicySnapshot.possible(at);
        Objects.requireNonNull(question);
        Objects.requireNonNull(request);
        Objects.requireNonNull(ground);
    }

    /// Decides a request at the moment at which the policy was looked at.
    public static Decided may(Request request, PolicySnapshot policy) {
        return Question.MAY.answer(request, policy);
    }

    /// Decides whether there is any camera on which somebody has the right that a request is about.
    public static Decided anywhere(Request request, PolicySnapshot policy) {
        return Question.ANYWHERE.answer(request, policy);
    }

    /// The same request decided once more, as if it was the same moment.
    ///
    /// @param granted the policy that this names, or another one, to see what it would have changed
    public Decided again(PolicySnapshot granted) {
        return question.answer(request, granted.at(at));
    }

    /// All of it, as bytes.
    public Bytes content() {
        var out =
                new Canonical(KIND)
                        .raw(policy.array())
                        .instant(at)
                        .text(question.code)
                        .present(ground.isPresent());
        ground.ifPresent(why -> out.text(why.code()));
        RequestContent.write(request, out);
        return out.content();
    }

    /// What [#content] made.
    ///
    /// @throws MalformedDecisionException if the bytes are anything else
    public static Decided of(Bytes content) {
        return Reading.all(content, KIND, Decided::read, Decided::content);
    }

    private static Decided read(Reading in) {
        var policy = Bytes.of(in.raw());
        var at = in.instant();
        var question = in.word(Question::of);
        var ground = in.maybe(why -> why.word(Ground::of));
        return new Decided(policy, at, question, RequestContent.read(in), ground);
    }
}
