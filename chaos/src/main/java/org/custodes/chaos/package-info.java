/// Lives of a recorder on a simulated machine: key store and store as the product has them, made cameras,
/// a disk and a clock from `mishap`, and an oracle that remembers what was promised.
///
/// The face is [PowerCuts]. A life is drawn from a seed, so that a life in which a promise was broken
/// can be lived again. What a promise is, and how crash images are made: `docs/design/mishap.md`.
@org.jspecify.annotations.NullMarked
package org.custodes.chaos;
