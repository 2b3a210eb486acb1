package org.custodes.server;

import java.util.List;
import org.custodes.access.Session;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A session of `access`, in the words of Spring Security. It carries no authorities: rights are
/// looked up when they are needed, not when somebody arrives.
final class SignedInAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Session session;

    SignedInAuthentication(Session session) {
        super(List.of());
        this.session = session;
        setAuthenticated(true);
    }

    Session session() {
        return session;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return session;
    }

    /// The session's own name: a person's name does not belong in logs.
    @Override
    public String getName() {
        return session.toString();
    }
}
