/// What a part of the system has to tell people: an alarm was raised, an alarm has ended.
///
/// Rooms are handed [Signals] and say there what is wrong, why, and what to do next. Who listens
/// (the health page, later rules and notifications) is not their business.
@org.jspecify.annotations.NullMarked
package org.custodes.signals;
