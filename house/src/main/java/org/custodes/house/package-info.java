/// What tests of several rooms need. Of tests alone.
@org.jspecify.annotations.NullMarked
package org.custodes.house;
