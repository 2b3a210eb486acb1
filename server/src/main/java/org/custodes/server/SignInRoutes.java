package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.anybody;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.custodes.access.Access;
import org.custodes.access.Answer;
import org.custodes.access.Session;
import org.custodes.access.SignedIn;
import org.custodes.rights.Right;
import org.custodes.server.PersonViews.Me;
import org.custodes.server.PersonViews.RoleName;
import org.custodes.server.PersonViews.Somebody;

/// Coming in and going out.
final class SignInRoutes {
    /// As `access` ends a session without a sign of life (PRIVACY section 8).
    private static final long IDLE_MINUTES = 15;

    record ServerView(
            String name,
            String version,
            boolean demo,
            Instant time,
            boolean enrolled,
            long madeAlone,
            Optional<Instant> officerRecoveredAt) {}

    record SignIn(
            @Bounds(min = 1, max = 1_000) String name,
            @Bounds(min = 1, max = 1_000) String password,
            @Bounds(min = 1, max = 40) String code) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "SignIn";
        }
    }

    record Token(@Bounds(min = 1, max = 200) String token) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "Token";
        }
    }

    record EnrolmentView(
            String name,
            boolean mayRename,
            List<RoleName> roles,
            String totpSecret,
            String otpauth,
            Instant expiresAt) {}

    record Acceptance(
            @Bounds(min = 1, max = 200) String token,
            Optional<String> name,
            String password,
            @Bounds(min = 1, max = 20) String code) {
        /// Tells no secret.
        @Override
        public String toString() {
            return "Acceptance";
        }
    }

    private final ServerSettings settings;
    private final Access access;
    private final InstantSource clock;

    SignInRoutes(ServerSettings settings, Access access, InstantSource clock) {
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/server", anybody())
                        .says("What server this is, and its time.")
                        .answers(ServerView.class)
                        .by(_ -> server()),
                post(API + "/sign-in", anybody())
                        .says(
                                "Signs in with name, password and a code of the authenticator, or a recovery code.")
                        .takes(SignIn.class)
                        .answers(Me.class)
                        .by(this::signIn),
                post(API + "/sign-in/link", anybody())
                        .says("Signs in with a one-time link of the demo; on loopback only.")
                        .takes(Token.class)
                        .answers(Me.class)
                        .by(this::signInByLink),
                post(API + "/enrolments/look", anybody())
                        .says("What an enrolment link is for, before it is accepted.")
                        .takes(Token.class)
                        .answers(EnrolmentView.class)
                        .by(this::look),
                post(API + "/enrolments/accept", anybody())
                        .says("Accepts an enrolment link: sets the password and signs in.")
                        .takes(Acceptance.class)
                        .answers(Me.class)
                        .by(this::accept),
                post(API + "/sign-out", having(Right.OWN_SESSION))
                        .says("Ends the session and every look of it.")
                        .by(this::signOut),
                get(API + "/me", having(Right.OWN_SESSION))
                        .says("Who is signed in, and what they may do. A sign of life.")
                        .answers(Me.class)
                        .by(call -> Reply.ok(me(call.session()))));
    }

    private Reply server() {
        return Reply.ok(
                new ServerView(
                        settings.name(),
                        settings.version(),
                        settings.demo(),
                        clock.instant(),
                        access.enrolled(),
                        access.madeAlone(),
                        access.officerRecoveredAt()));
    }

    private Reply signIn(Call call, SignIn body) {
        return entered(
                call, access.signIn(body.name(), body.password(), body.code(), call.origin()));
    }

    private Reply signInByLink(Call call, Token body) {
        return entered(call, access.signInByLink(body.token(), call.origin()));
    }

    private Reply look(Call call, Token body) {
        return Replies.of(
                access.lookAtEnrolment(body.token(), call.origin()),
                enrolment ->
                        Reply.ok(
                                new EnrolmentView(
                                        enrolment.name(),
                                        enrolment.mayRename(),
                                        enrolment.roles().stream().map(RoleName::of).toList(),
                                        enrolment.totpSecret(),
                                        enrolment.otpauth(),
                                        enrolment.expiresAt())));
    }

    private Reply accept(Call call, Acceptance body) {
        return entered(
                call,
                access.acceptEnrolment(
                        body.token(), body.name(), body.password(), body.code(), call.origin()));
    }

    private Reply signOut(Call call, Route.Nothing nothing) {
        access.signOut(call.session());
        return Reply.done().withCookie(SessionFilter.noCookie());
    }

    /// The token goes into the cookie, where no script can read it, and nowhere else. Whoever the browser
    /// was signed in as before is signed out: nobody would ever end that session by its cookie.
    Reply entered(Call call, Answer<SignedIn> answer) {
        if (answer instanceof Answer.Done<SignedIn>) {
            call.signedIn().ifPresent(access::signOut);
        }
        return turned(answer);
    }

    /// As above, where the session stays and its token is a new one.
    Reply turned(Answer<SignedIn> answer) {
        return Replies.of(
                answer,
                signedIn ->
                        Reply.ok(me(signedIn.session()))
                                .withCookie(SessionFilter.cookieFor(signedIn.token())));
    }

    private Me me(Session session) {
        return new Me(
                Somebody.of(session, access.roles(session)),
                access.rights(session).stream().map(Right::code).sorted().toList(),
                settings.demo(),
                session.signedInAt(),
                IDLE_MINUTES,
                session.endsAt());
    }
}
