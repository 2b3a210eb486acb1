/// Who may do what: `Decide.decide(Request, Policy, Instant)`, total and pure (PRIVACY section 6).
///
/// Default deny; a ban wins over every permit; the order of rules changes nothing; what is missing,
/// unknown or stale is a no.
@org.jspecify.annotations.NullMarked
package org.custodes.rights;
