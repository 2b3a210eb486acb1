package org.custodes.register;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A group as somebody asks for it, nothing of it checked yet; what is empty stays as it is.
///
/// @param parent the id of a group or of a site
/// @param cameras their ids
public record GroupForm(
        Optional<String> name, Optional<String> parent, Optional<List<String>> cameras) {

    public GroupForm {
        Objects.requireNonNull(name);
        Objects.requireNonNull(parent);
        cameras = cameras.map(List::copyOf);
    }

    /// A new one, with nothing in it.
    ///
    /// @param parent the id of a group or of a site
    public static GroupForm empty(String name, String parent) {
        return new GroupForm(Optional.of(name), Optional.of(parent), Optional.empty());
    }

    /// Exactly this.
    public static GroupForm of(Group group) {
        return new GroupForm(
                Optional.of(group.name()),
                Optional.of(group.parent().toString()),
                Optional.of(group.cameras().stream().map(Object::toString).toList()));
    }
}
