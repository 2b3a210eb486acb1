/// Tests of the store, on real files.
@org.jspecify.annotations.NullMarked
package org.custodes.store;
