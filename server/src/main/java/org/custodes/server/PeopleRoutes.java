package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Route.put;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Answer;
import org.custodes.access.Grounds;
import org.custodes.access.Invitation;
import org.custodes.access.NewPerson;
import org.custodes.access.Person;
import org.custodes.access.PersonId;
import org.custodes.rights.Right;
import org.custodes.server.PersonViews.Invited;
import org.custodes.server.PersonViews.PersonView;

/// People and what was given to them.
final class PeopleRoutes {
    record NewPersonForm(
            String name,
            String role,
            CameraChoice cameras,
            Optional<Instant> until,
            String reason) {
        NewPerson wanted() {
            return new NewPerson(
                    name, new NewPerson.RoleGift(role, cameras.wanted(), until, reason));
        }
    }

    record Cameras(CameraChoice cameras) {}

    record NewRole(String role, CameraChoice cameras, Optional<Instant> until, String reason) {
        NewPerson.RoleGift wanted() {
            return new NewPerson.RoleGift(role, cameras.wanted(), until, reason);
        }
    }

    private final Access access;

    PeopleRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        var who = having(Right.MANAGE_PEOPLE);
        var rights = having(Right.MANAGE_RIGHTS);
        return List.of(
                get(API + "/people", who)
                        .says("Everybody, by name; those who were removed too.")
                        .answersItems(PersonView.class)
                        .by(this::people),
                post(API + "/people", who)
                        .says("Invites a person. The link is shown this once.")
                        .takes(NewPersonForm.class)
                        .answers(201, Invited.class)
                        .by(this::invite),
                post(API + "/people/{id}/invite-again", who)
                        .says("A new link for a person who is invited and lost theirs.")
                        .answers(Invited.class)
                        .by(this::inviteAgain),
                post(API + "/people/{id}/reset", who)
                        .says(
                                "Asks a second officer that what a person signs in with ends, so that they can be invited again.")
                        .answers(PersonView.class)
                        .by(this::reset),
                post(API + "/people/{id}/roles", rights)
                        .says("Gives a person a role beside those that they have.")
                        .takes(NewRole.class)
                        .answers(PersonView.class)
                        .by(this::giveRole),
                put(API + "/people/{id}/roles/{role}/cameras", rights)
                        .says(
                                "Gives a person's role these cameras and no others; ends looks at those it"
                                        + " loses.")
                        .takes(Cameras.class)
                        .answers(PersonView.class)
                        .by(this::changeCameras),
                post(API + "/people/{id}/roles/{role}/confirm", rights)
                        .says("Says that a person still needs a role, so that it does not lapse.")
                        .answers(PersonView.class)
                        .by(this::confirmRole),
                delete(API + "/people/{id}/roles/{role}", rights)
                        .says("Takes a role back; ends the looks that were theirs by it alone.")
                        .answers(PersonView.class)
                        .by(this::endRole),
                delete(API + "/people/{id}/sessions", who)
                        .says("Signs a person out wherever they are; ends their looks.")
                        .by(this::endSessions),
                delete(API + "/people/{id}", who)
                        .says("Removes a person; ends their sessions and looks.")
                        .by(this::remove));
    }

    private PersonView view(Call call, Person person) {
        return PersonView.of(person, grounds(call));
    }

    /// Nothing, if they cannot be read now: what somebody has is told all the same.
    private Map<UUID, Grounds> grounds(Call call) {
        return access.grounds(call.session()) instanceof Answer.Done<Map<UUID, Grounds>>(var found)
                ? found
                : Map.of();
    }

    private Reply people(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.people(call.session()),
                people -> {
                    var grounds = grounds(call);
                    return Reply.items(
                            people.stream().map(one -> PersonView.of(one, grounds)).toList());
                });
    }

    private Reply invite(Call call, NewPersonForm form) {
        return Replies.of(
                access.invite(call.session(), form.wanted()),
                invitation -> Reply.created(invited(call, invitation)));
    }

    private Reply inviteAgain(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.inviteAgain(call.session(), person(call)),
                invitation -> Reply.ok(invited(call, invitation)));
    }

    private Reply reset(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.resetSignIn(call.session(), person(call)),
                person -> Reply.ok(view(call, person)));
    }

    /// The token stands behind `#`: browsers do not send that part to any server, and no log has it.
    private Invited invited(Call call, Invitation invitation) {
        return new Invited(
                view(call, invitation.person()),
                call.address("/enrol#" + invitation.link().token()),
                invitation.link().expiresAt());
    }

    private Reply changeCameras(Call call, Cameras form) {
        return Replies.of(
                access.changeCameras(
                        call.session(), person(call), call.id("role"), form.cameras().wanted()),
                person -> Reply.ok(view(call, person)));
    }

    private Reply giveRole(Call call, NewRole form) {
        return Replies.of(
                access.giveRole(call.session(), person(call), form.wanted()),
                person -> Reply.ok(view(call, person)));
    }

    private Reply confirmRole(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.confirmRole(call.session(), person(call), call.id("role")),
                person -> Reply.ok(view(call, person)));
    }

    private Reply endRole(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.endRole(call.session(), person(call), call.id("role")),
                person -> Reply.ok(view(call, person)));
    }

    private Reply endSessions(Call call, Route.Nothing nothing) {
        return Replies.of(access.endSessions(call.session(), person(call)), _ -> Reply.done());
    }

    private Reply remove(Call call, Route.Nothing nothing) {
        return Replies.of(access.removePerson(call.session(), person(call)), _ -> Reply.done());
    }

    private static PersonId person(Call call) {
        return new PersonId(call.id("id"));
    }
}
