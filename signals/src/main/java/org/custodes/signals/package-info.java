/// What a part of the system has to tell people: an alarm was raised, an alarm has ended; and what of
/// that is remembered.
///
/// Rooms are handed [Signals] and say there what is wrong, why, and what to do next: one of the kinds
/// of [AlarmKind], so that nothing can be told that the console has no words for. Who listens (the
/// history, the system page, metrics, later rules and notifications) is not their business.
/// [AlarmHistory] keeps every episode over restarts.
@org.jspecify.annotations.NullMarked
package org.custodes.signals;
