package org.custodes.access;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.custodes.rights.Permit;
import org.custodes.rights.RoleId;

/// A role as it can be given: a template as it is, or one narrowed.
///
/// @param name what people call it; of a template as it is, its code
public record Role(RoleId id, String name, Template template, Limits limits) {

    public Role {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(template);
        Objects.requireNonNull(limits);
    }

    /// The roles that are there from the beginning.
    static List<Role> builtIn() {
        return Stream.of(Template.values()).map(Template::role).toList();
    }

    /// Whether it is a template as it is: nobody changes it.
    public boolean isBuiltIn() {
        return id.equals(template.id());
    }

    List<Permit> permits() {
        return template.permits(id, limits);
    }
}
