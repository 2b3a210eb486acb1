/// Keys, and what is sealed under them.
///
/// Enter by [Vault]. It keeps one key tree per camera, class, UTC day and era in a small file of its
/// own, seals one record at a time through a [PackSealer], and opens records only through an [Opener]
/// that is bound to a camera, a class and an interval. Nothing here knows what a picture is.
@org.jspecify.annotations.NullMarked
package org.custodes.vault;
