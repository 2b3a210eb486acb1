/// How long footage lives: retention by camera, storage used and forecast.
///
/// Enter by [Keeping]. In this version footage goes by whole UTC days: a day goes when its last
/// moment is older than its camera's retention. The keys go first, then the bytes, with an entry in
/// the log before and after. When the clock cannot be believed nothing is destroyed for a while. Holds,
/// erasure and their receipts come with their own issue.
@org.jspecify.annotations.NullMarked
package org.custodes.keeping;
