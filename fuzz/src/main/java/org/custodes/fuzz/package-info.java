/// Searches for input that a parser cannot bear: one that ends it with an exception that it never
/// announced, or costs more than 64 MB or a second (RELIABILITY, row 22).
///
/// A target is a public class beside a room's tests, with `fuzzerTestOneInput` as Jazzer calls it and
/// `seeds` to begin from; [Fuzzing] runs it. Only tests know this room.
@org.jspecify.annotations.NullMarked
package org.custodes.fuzz;
