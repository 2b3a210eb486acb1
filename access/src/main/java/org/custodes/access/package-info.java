/// Who may do what, and the [Grant] without which no picture opens.
///
/// Enter by [Access]: it knows people and their sessions, decides by the pure rules of `rights`
/// (default deny, DESIGN I8), makes the entry in the log durable before its effect (I2), and hands out
/// the [org.custodes.audit.Receipt] that a change takes or the [Grant] that a look takes. While
/// database or log do not answer it refuses, with a reason (I6). It leaves HTTP, cookies and tickets to
/// `server`, and what a Grant opens to `viewing`. The reasons: `docs/design/access.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.access;
