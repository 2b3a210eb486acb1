/// The program: one class per command, and the one place where rooms are put together.
///
/// [Main] reads the command line. [House] builds the object graph by hand, from the bottom up, and
/// takes it down again. Commands for people (`camera`, `person`) act through the server's API like
/// any browser, with the rights of the person who paired them.
@org.jspecify.annotations.NullMarked
package org.custodes.cli;
